"""A private repository for the stories and a public one for the site: the workflows of the first.

They are those of a site with one repository, but for the steps in which the site is put somewhere.
"""

import re
from collections.abc import Iterator

KEY = "PUBLIC_SITE_KEY"
"""The name under which the private repository keeps the key of the public one."""
BRANCH = "gh-pages"
"""The branch of the public repository that has the site."""
_ON_PAGES = ("actions/configure-pages@", "name: Explain how to turn it on", "actions/upload-pages-artifact@")
"""What is in the steps of a repository that has a site of its own."""
_PUBLIC = re.compile(r"^ +PUBLIC: ([\w.-]+/[\w.-]+)$", re.MULTILINE)
_ABOUT = """\
# Builds the site of this private repository when something is saved to the main branch, and sends it to a public one.
# Once, before the first run: HANDOVER.md says how the two repositories get to know each other.
# There is no schedule in this file: scheduled.yml has it.
"""
_CHECK = """\
      - name: Check for the key
        env:
          KEY: ${{ secrets.@KEY@ }}
        run: |
          if [ -z "$KEY" ]; then
            echo "::error::This repository has no key yet for @PUBLIC@. HANDOVER.md says how to make one."
            exit 1
          fi
"""
_SEND = """\
      # The site is always the first and only commit, so that what was taken off it is in no history that is public.
      - name: Send the site to the public repository
        env:
          KEY: ${{ secrets.@KEY@ }}
          PUBLIC: @PUBLIC@
        run: |
          umask 077
          trap 'rm -f "$RUNNER_TEMP/key"' EXIT
          printf '%s\\n' "$KEY" > "$RUNNER_TEMP/key"
          # GitHub's own key, as it publishes it: docs.github.com, "GitHub's SSH key fingerprints"
          github="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
          echo "github.com $github" > "$RUNNER_TEMP/hosts"
          ssh="ssh -i '$RUNNER_TEMP/key' -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes"
          export GIT_SSH_COMMAND="$ssh -o UserKnownHostsFile='$RUNNER_TEMP/hosts'"
          # With the day of the last change, a site that is the same is the same commit, and nothing is sent.
          day="$(git log -1 --format=%cI)"
          export GIT_AUTHOR_DATE="$day" GIT_COMMITTER_DATE="$day"
          cd "$RUNNER_TEMP/site"
          touch .nojekyll
          git init --quiet --initial-branch=@BRANCH@
          echo "* -text -filter" > .git/info/attributes
          git add --all --force
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git commit --quiet --message "Publish the site"
          git push --force "git@github.com:$PUBLIC.git" @BRANCH@
"""


def sending(publish: str, public: str) -> str:
    """Return the workflow that builds and publishes a site as one that sends it to the repository `public`."""
    rest = publish.partition("name: ")[2]
    before, _, after = rest.partition("    steps:\n")
    steps = [step for step in _steps(after.partition("  deploy:\n")[0]) if not any(each in step for each in _ON_PAGES)]
    build = "".join(steps).replace("          ADDRESS: ${{ steps.pages.outputs.base_url }}\n", "")
    build = build.replace(' --base-url "$ADDRESS"', "")
    head = before.replace("      pages: read\n", "")
    first, *others = _steps(build)
    text = f"{_ABOUT}name: {head}    steps:\n{first}{_CHECK}{''.join(others)}{_SEND}"
    return text.replace("@KEY@", KEY).replace("@PUBLIC@", public).replace("@BRANCH@", BRANCH)


def sending_daily(scheduled: str) -> str:
    """Return the workflow that runs every day as one of a private repository, which hands on the key."""
    needed = "      pages: write\n      id-token: write\n"
    text = scheduled.replace(needed, "").rstrip("\n") + "\n    secrets: inherit\n"
    return re.sub(r"^# GitHub turns this workflow off.*\n", "", text, flags=re.MULTILINE)


def public_repository(publish: str) -> str:
    """Return the repository that a workflow sends the site to: `maplewood/stories-site`; "" if it sends it nowhere."""
    found = _PUBLIC.search(publish)
    return found[1] if found else ""


def _steps(text: str) -> Iterator[str]:
    """Yield the steps of a job, each with the comments above it."""
    step, begun = "", False
    for line in text.splitlines(keepends=True):
        begins = line.startswith(("      - ", "      #"))
        if begins and begun:
            yield step
            step, begun = "", False
        begun = begun or line.startswith("      - ")
        step += line
    yield step
