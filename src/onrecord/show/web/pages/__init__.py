"""The views, each in a file of its own."""

from onrecord.show.web.pages import (
    actor,
    claims,
    document,
    export,
    identity,
    lists,
    network,
    overview,
    places,
    review,
    search,
    timeline,
)
from onrecord.show.web.site import View

VIEWS: tuple[View, ...] = (
    overview.VIEW,
    *claims.VIEWS,
    *lists.VIEWS,
    actor.VIEW,
    document.VIEW,
    *document.ROW_VIEWS,
    timeline.VIEW,
    places.VIEW,
    network.VIEW,
    search.VIEW,
    *identity.VIEWS,
    review.VIEW,
    review.HISTORY,
    export.VIEW,
)
