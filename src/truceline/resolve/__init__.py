"""From mentions to identities: which phrases of a report are the same actor, and who speaks when the report says "he".

Records come in and the same records go out, identified. A canonical name comes from the registry or from the report,
never from elsewhere; what stays unresolved says so.
"""

from truceline.resolve.identities import Identities, identified
from truceline.resolve.speaking import references, with_speakers

__all__ = ["Identities", "identified", "references", "with_speakers"]
