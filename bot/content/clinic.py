"""The clinic itself: `faq/clinic.yaml`."""

from bot.content.base import Strict, Text, Web


class Clinic(Strict):
    """Name and ways to reach the clinic. `placeholder: true` means: nobody has filled this in yet."""

    name: Text
    phone: Text
    hours: Text
    address: Text
    booking: Web | None = None
    country: Text
    language: Text = "en"
    placeholder: bool = False

    def values(self) -> dict[str, str]:
        """What the placeholders of answers and messages stand for."""
        return {
            "clinic": self.name,
            "phone": self.phone,
            "hours": self.hours,
            "address": self.address,
            "booking": self.booking or self.phone,
        }
