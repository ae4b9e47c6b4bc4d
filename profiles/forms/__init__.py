"""What only the profile asks, one module a subject."""

from profiles.forms.identity import IdentityForm
from profiles.forms.names import LONGEST_NAME, NameField
from profiles.forms.reference_code import ReferenceCodeForm
from profiles.forms.signing import SignatureForm

__all__ = ["LONGEST_NAME", "IdentityForm", "NameField", "ReferenceCodeForm", "SignatureForm"]
