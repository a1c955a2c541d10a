"""The pages of a ledger on a server: `accordingto serve`, or `app.create(ledger_path, settings)` under any ASGI server.

    settings.py   what whoever runs the server decides
    app.py        the app put together: headers, hosts, routers, error pages
    room.py       the ledger behind the pages: opened read-only for each request; `Pages` for a route
    page.py       a view as a page or as its .json twin
    faults.py     what went wrong, as a page
    headers.py    headers on every answer
    reading.py    the routes of the pages
    gate.py       who asks: cookies, sessions, roles, tokens of forms
    forms.py      forms, read up to a limit and never lost
    desk.py       the routes of the review; views.py what they show
    history.py    what was decided, and what lost its words; grouping.py decisions about a question
    add.py        the route of adding a report
    signing.py    the routes of signing in, of names and of the log; oidc.py of signing in through a provider
    described.py  what programs may ask, in OpenAPI: name a twin, file or form of yours there
    command.py    the command

To add pages: write a router and include it, and name it in the navigation.

    router = APIRouter()

    @both(router, "/mine")                              # /mine and /mine.json
    def mine(page: PageOf, pages: OfLedger) -> Response:
        return page("mine.html", pages.mine(), section="mine")

    app = create(path, Settings(routers=(router,), navigation=(("mine", "Mine"),)))

Templates of the pages are in accordingto/publish/templates (the static site has the same); those that only a server
has go into serve/templates and extend "base.html" (blocks title, head, account, main, footer). Routes that write open
the ledger themselves (`Ledger(request.app.state.room.path)`) inside the request and close it before they answer; the
next request sees what they wrote. A route raises NotFound, InputError or LedgerError and needs no error page of its
own. A form carries `form_token(request)` as `token` and is taken by `FormOf`; `Coder`, `Adjudicator` and `Owner` are
the person who asks, where only such a one may. The content policy allows no inline script or style:
a file in serve/static is served as /static/<name>.
"""
