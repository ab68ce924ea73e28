"""The clinic itself: `faq/clinic.yaml`."""

from pydantic import Field

from bot.content.base import Strict, Text, Web


class Clinic(Strict):
    """Name and ways to reach the clinic. `placeholder: true` means: nobody has filled this in yet."""

    name: Text = Field(description="The clinic's name, as patients know it.")
    phone: Text = Field(description="The number to call, as people dial it.")
    hours: Text = Field(description="When somebody answers the phone.")
    address: Text = Field(description="Street and town.")
    booking: Web | None = Field(None, description="Where to book on the web; without it, {booking} is the phone.")
    country: Text = Field(description="US or CA: which emergency and crisis numbers the bot gives.")
    language: Text = Field("en", description="The folder of the language, such as en.")
    placeholder: bool = Field(False, description="true while nobody has filled this file in: delete the line then.")

    def values(self) -> dict[str, str]:
        """What the placeholders of answers and messages stand for."""
        return {
            "clinic": self.name,
            "phone": self.phone,
            "hours": self.hours,
            "address": self.address,
            "booking": self.booking or self.phone,
        }
