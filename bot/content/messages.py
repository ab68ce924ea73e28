"""Every sentence the bot says that is not an answer: `faq/<language>/messages.yaml`."""

from bot.content.base import Counted, Strict, Template, Text


class Buttons(Strict):
    """The words on buttons. Short: a phone shows about 30 characters."""

    guide: Text
    topics: Text
    yes: Text
    no: Text
    none_of_these: Text
    back: Text
    change_answer: Text
    start_over: Text
    next_page: Text
    previous_page: Text
    all_groups: Text
    not_happening: Text
    resume_guide: Text
    private_chat: Text


class Commands(Strict):
    """What the commands menu says about each command."""

    start: Text
    help: Text
    topics: Text
    guide: Text
    contact: Text
    privacy: Text
    forget: Text


class Media(Strict):
    """One kind sentence for each thing that is not words."""

    voice: Template
    photo: Template
    sticker: Template
    location: Template
    contact: Template
    other: Template


class InboxWords(Strict):
    """What is said around the questions that a patient passes on."""

    offer: Text
    ask: Template
    yes: Text
    no: Text
    kept: Template
    take_back: Text
    taken_back: Template
    failed: Template
    enough: Template
    gone: Template
    privacy: Template
    forget: Template


class Messages(Strict):
    """The bot's own sentences, in one language."""

    name: Text
    description: Template
    short_description: Template
    start: Template
    placeholder_clinic: Template
    unsigned_faq: Template
    help: Template
    contact: Template
    privacy: Template
    privacy_memory: Template
    privacy_shared: Template
    privacy_end: Template
    forget: Template
    forget_words: Template
    forget_end: Template
    topics: Template
    topics_group: Template
    suggest: Template
    none: Template
    draft: Template
    withheld: Template
    was_this_it: Template
    feedback_yes: Template
    feedback_no: Template
    feedback_no_more: Template
    stale_button: Template
    stale_guide: Template
    guide_lapsed: Template
    guide_unclear: Template
    guide_change: Template
    guide_unavailable: Template
    unknown_command: Template
    group_chat: Template
    not_happening: Template
    failure: Template
    late: Counted
    flooded: Template
    inbox: InboxWords
    media: Media
    buttons: Buttons
    commands: Commands
