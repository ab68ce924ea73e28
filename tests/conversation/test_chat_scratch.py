from tests.support.chat import Chat
async def test_x(chat: Chat) -> None:
    async def show(act):
        await act
        for b in chat.replies: print("----", b.edited, b.quoted, b.bold, b.italic, "\n", b.text, b.rows)
    await show(chat.say("/start"))
    await show(chat.tap("Who should I see?"))
    await show(chat.tap("No, none of these"))
    await show(chat.tap("‹ Back"))
    await show(chat.say("do i need an mri"))
    await show(chat.tap("No"))
    await show(chat.say("/topics"))
    await show(chat.tap("MRI and tests"))
    await show(chat.tap("More ›"))
    await show(chat.say("crushing chest pain, do i need an mri"))
    await show(chat.tap("This is not happening now"))
    await show(chat.say("my leg is swollen"))
    await show(chat.say("i am out of breath"))
    await show(chat.say("do i need an mri"))
