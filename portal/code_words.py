"""What pages, letters and reminders call the codes that columns hold, by the place where they stand, in English."""

CODE_WORDS: dict[str, dict[str, str]] = {
    "advocate_may_know": {
        "all": "everything they said",
        "name": "only their name",
        "nothing": "nothing any more",
    },
    "advocate_wish": {
        "all": "who may know what they said",
        "name": "who may know only their name",
        "nothing": "no more: tell an advocate nothing",
    },
    "came_back": {
        "sorted": "It is sorted",
        "partly_sorted": "It is sorted a bit",
        "not_sorted": "It is not sorted",
        "treated_well": "Nobody treated them badly for telling us",
        "treated_badly": "Someone treated them badly for telling us",
        "take_back": "They want to take it back",
        "delete": "They want it deleted",
        "wants_side": "They want an advocate",
    },
    "came_back_event": {
        "sorted": "They came back: it is sorted",
        "partly_sorted": "They came back: it is sorted a bit",
        "not_sorted": "They came back: it is not sorted",
        "treated_well": "They came back: nobody treated them badly for telling us",
        "treated_badly": "They came back: someone treated them badly for telling us",
        "take_back": "They came back: they want to take it back",
        "delete": "They came back: they want it deleted",
        "wants_side": "They want an advocate",
    },
    "card_step": {
        "handed_out": "Handed out",
        "scan": "Scanned",
        "film_play": "Film played",
        "film_end": "Film seen",
        "form": "Paper forms",
        "start": "Started",
        "sent": "Sent",
        "said_kind": "Said what it is",
        "said_topics": "Said what about",
        "said_words": "Said more",
        "said_more": "Told a bit more",
        "come_back": "Came back",
    },
    "email_is": {
        "thanks": "It is thanks",
        "complaint": "It is a complaint",
        "nothing": "It is nothing",
    },
    "email_state": {
        "set_aside": "Email that was set aside",
        "taken": "Email that was taken in",
        "settled": "Email that somebody looked at",
    },
    "letter_is": {
        "emailed": "Emailed",
        "shown": "On their own page since",
        "kept": "Nobody can be reached: kept here since",
        "posted": "Posted",
        "read_out": "Read to them",
        "handed_over": "Given to them",
    },
    "letter_left": {
        "emailed": "Emailed",
        "shown": "Shown on their own page",
        "kept": "Kept here",
        "posted": "Posted",
        "read_out": "Read to them",
        "handed_over": "Given to them",
    },
    "letter_way": {
        "email": ", to be emailed",
        "by_hand": ", to be posted or read out",
        "page": ", for their own page",
        "kept": ". Nobody can be reached: it is kept here",
    },
    "link_from": {
        "related": "Linked to",
        "split_from": "Came from",
        "complaint_from": "The complaint came from",
        "answered_with": "Answered together with",
    },
    "link_to": {
        "related": "Linked to",
        "split_from": "Became a case of its own:",
        "complaint_from": "Became the complaint",
        "answered_with": "Its answer also goes to the sender of",
    },
    "part_question": {
        "sufficient_interest": "Decide whether they have a sufficient interest.",
        "child_agrees": "Ask whether the child is content with it.",
        "when_it_happened": "Ask when it happened.",
        "reasonable_not_to_complain_sooner": "It is over a year old: was it reasonable not to complain sooner?",
        "still_fair_to_consider": "It is over a year old: can it still be looked at fairly?",
        "would_prejudice": "Would looking into it harm the proceedings?",
    },
    "print": {
        "card": "Card for the press",
        "sheet": "Ten on A4",
        "poster": "Poster A5",
        "sticker": "Sticker A6",
        "leaflet": "Leaflet",
    },
    "promised_in": {
        "receipt": "The page when it was sent",
        "agreed": "They agreed to wait",
    },
    "raised_through": {
        "staff": "a colleague",
        "commissioned_service": "a service that works for the council",
    },
    "reminded": {
        "late": "This is late.",
        "still_late": "This is still late.",
        "escalated": "This is late. It is told to you as the senior person.",
        "statement_slow": (
            "The statement of complaint is not agreed yet. Record your attempts, or go on with the written record."
        ),
        "promised": "We said that we would write to them by then. If nobody does, a letter goes by itself.",
        "no_independent_person": "An investigator is in post and no independent person is. No interview can be held.",
    },
    "reminder": {
        "due_soon": "A reminder went out that the next step is due",
        "late": "A reminder went out that the next step is late",
        "still_late": "A reminder went out that the next step is still late",
        "escalated": "The delay was taken to a senior person",
        "right_to_stage_2": "The person was told that they may go on to stage 2",
        "statement_slow": "A reminder went out that the statement is not agreed",
        "no_independent_person": "A reminder went out that no independent person is in post",
    },
    "set_aside": {
        "automatic_reply": "An automatic reply",
        "bounce": "A letter of ours came back",
        "loop": "It came from us, or went round in a ring",
        "too_large": "It is larger than 20 MB",
        "broken": "It cannot be read",
        "empty": "There is nothing in it",
        "duplicate": "The same words of the same person are here already",
        "receipt": "A receipt: it was read, or deleted unread",
        "calendar": "An answer or invitation of a calendar, with no words of its own",
        "reaction": "A reaction with one click",
        "recall": "A wish to have a message back",
    },
    "strand": {
        "corporate": "The council's own procedure",
        "data_protection": "Complaint about personal data",
        "court_or_tribunal": "Held for proceedings",
        "conference_appeal": "Conference appeal",
        "another_body": "Another body",
        "safeguarding": "Handed to safeguarding; an answer is still promised",
    },
    "thanks_held": {
        "read_first": "Held: read it first",
        "may_complain": "Held: it may hide a complaint",
        "picture": "Held: look at the picture first",
        "to_type": "Held: type what the card says",
        "nobody": "No one could be told",
    },
    "told_finding": {
        "upheld": "You were right.",
        "partially_upheld": "You were right about some of this.",
        "not_upheld": "We did not find that this went wrong.",
    },
    "told_panel_finding": {
        "upheld": "You were right.",
        "partially_upheld": "You were right about some of this.",
        "not_upheld": "They did not find that this went wrong.",
    },
    "told_part_finding": {
        "upheld": "You were right. We are sorry.",
        "partially_upheld": "You were right about some of it. We are sorry.",
        "not_upheld": "We did not find that we got this wrong.",
    },
    "who_they_are": {
        "language": "Their language",
        "needs": "What they need",
        "talk_to": "Would like to talk to",
    },
}


def words_for(code: str, place: str, otherwise: str | None = None) -> str:
    """What a code is called at a place of a page. Raises KeyError for one without words, unless `otherwise` is given."""
    words = CODE_WORDS[place]
    return words[code] if otherwise is None else words.get(code, otherwise)
