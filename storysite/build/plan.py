"""The plan of a site and the work it comes to: the full list of pages, or the plan before if only texts changed."""

from collections.abc import Callable

from msgspec.structs import replace

from storysite import i18n
from storysite.build.load import LoadedSite
from storysite.build.remember import pages_there
from storysite.build.session import BuildSession
from storysite.cache.engine_digest import engine_digest
from storysite.digest import digest, digest_bytes
from storysite.model.index import Index
from storysite.model.site import Links, Site
from storysite.model.theme import Theme
from storysite.plan.diff import Work, compare, compare_again
from storysite.plan.page import Derived, Drawn, Page, Rendered
from storysite.plan.plan import Plan, plan_site
from storysite.plugins.load import plugins_digest


def plan_and_compare(session: BuildSession, loaded: LoadedSite, theme: Theme) -> tuple[Plan, Site, Work]:
    """Return the plan of a site, the Site its pages show, and the work that is to be done.

    Where nothing but texts changed since the last build of this session, its plan is taken over, and only the pages
    that show these texts are compared.
    """
    index, key_of, last = loaded.index, _keys(loaded.index, theme), session.last
    if last and last.plan.holds(index, theme):
        site = Site(index, loaded.posts, last.site.links, loaded.now, theme.design.card_fields)
        pages = last.plan.showing(site.changed_since(last.site))
        work = compare_again(pages, lambda page: key_of(page, site), last.keys)
        return last.plan, site, replace(work, render=[*work.render, *last.left])
    plan = plan_site(index, i18n, theme, session.folder)
    site = Site(index, loaded.posts, Links(index, lambda: plan.addresses), loaded.now, theme.design.card_fields)
    written, intact = pages_there(session.cache, session.output)
    keys = {route: row.key for route, row in written.items()}
    work = compare(plan.pages, lambda page: key_of(page, site), keys, intact, session.output.owned)
    return plan, site, work


def _keys(index: Index, theme: Theme) -> Callable[[Page, Site], bytes]:
    """Return the function that makes a page's key: engine, template, what filters know of the site, each Slice."""
    config, engine = index.config, engine_digest()
    facts = digest([config.root, config.language, config.taxonomies])
    common = digest_bytes(engine, plugins_digest(config.plugins), facts)
    prefixes = {name: digest_bytes(common, template.digest) for name, template in theme.templates.items()}

    def key_of(page: Page, site: Site) -> bytes:
        if isinstance(page.source, Derived):
            from storysite.photos.edition import edition  # Pillow takes long to load, and many sites show no picture

            return page.key(site, edition())
        if isinstance(page.source, Drawn):
            from storysite.photos.draw import drawing_edition  # typst takes long to load, too

            return page.key(site, drawing_edition(page.source.drawing))
        return page.key(site, prefixes[page.source.template] if isinstance(page.source, Rendered) else engine)

    return key_of
