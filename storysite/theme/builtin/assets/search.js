// Finds stories with the index that Pagefind makes of the pages. Without this script the page is the archive.
const form = document.getElementById('shelf-find'), found = document.getElementById('shelf-found')
const status = document.getElementById('shelf-status'), more = document.getElementById('shelf-more')
const PAGE = 10
let results = [], shown = 0, asked = 0

const index = new URL(form.dataset.index, location.href)
const pagefind = await import(new URL('pagefind.js', index))
await pagefind.options({ baseUrl: new URL('..', index).pathname, excerptLength: 24 })
await pagefind.init(form.dataset.language)
for (const language of form.dataset.languages.split(' '))
  if (language && language !== form.dataset.language) await pagefind.mergeIndex(index.href, { language }) // in full: the path alone is taken for the same index

const kinds = Object.fromEntries(form.dataset.kinds.split(';').map(kind => kind.split('='))) // the index is of all languages, this page of one
const filters = await pagefind.filters()
for (const choice of form.querySelectorAll('select')) {
  const words = name => (choice.name === 'kind' && kinds[name]) || name, { compare } = new Intl.Collator(form.dataset.language)
  const names = Object.keys(filters[choice.name] ?? {}).sort((one, other) => compare(words(one), words(other)))
  if (choice.name === 'year') names.reverse()
  choice.append(...names.map(name => new Option(words(name), name)))
  choice.parentElement.hidden = names.length < 2
}
form.archived.parentElement.hidden = !filters.archived?.yes

const asking = new URLSearchParams(location.search)
for (const [name, value] of asking) if (form.elements[name]?.type !== 'checkbox' && form.elements[name]) form.elements[name].value = value
form.archived.checked = asking.has('archived')
form.addEventListener('submit', event => { event.preventDefault(); find() })
form.addEventListener('input', () => find(200))
more.addEventListener('click', show)
await find()
form.hidden = false // only now, so that nothing that is seen moves

async function find(wait = 0) {
  const number = ++asked
  if (wait) await new Promise(resolve => setTimeout(resolve, wait))
  if (number !== asked) return
  const words = form.q.value.trim(), chosen = {}
  for (const choice of form.querySelectorAll('select')) if (choice.value) chosen[choice.name] = choice.value
  if (filters.archived && !form.archived.checked) chosen.archived = 'no'
  const asks = words || Object.keys(chosen).some(name => name !== 'archived')
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value))
  history.replaceState(null, '', `${location.pathname}${query.size ? `?${query}` : ''}`)
  const answer = asks ? await pagefind.search(words || null, { filters: chosen, ...(words ? {} : { sort: { day: 'desc' } }) }) : { results: [] }
  if (number !== asked) return
  results = answer.results
  shown = 0
  found.replaceChildren()
  const { none, one, many } = status.dataset, count = results.length
  status.textContent = !asks ? '' : count === 0 ? none : count === 1 ? one : many.replace('#', count.toLocaleString(document.documentElement.lang))
  await show()
}

async function show() {
  const some = results.slice(shown, shown + PAGE), number = asked
  shown += some.length
  const stories = await Promise.all(some.map(result => result.data()))
  if (number !== asked) return
  const first = found.children.length
  found.append(...stories.map(entry))
  more.hidden = shown >= results.length
  if (first) found.children[first]?.querySelector('a').focus()
}

function entry({ url, meta, excerpt, filters }) {
  const item = document.createElement('li'), link = document.createElement('a'), text = document.createElement('p')
  link.href = url
  link.textContent = meta.title
  text.innerHTML = excerpt // Pagefind escapes the text and adds only <mark>
  const foot = document.createElement('p')
  foot.className = 'soft'
  foot.textContent = [kinds[filters.kind?.[0]], meta.date].filter(Boolean).join(' · ')
  item.append(link, text, foot)
  return item
}
