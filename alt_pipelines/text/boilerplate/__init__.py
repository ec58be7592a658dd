"""Removes what is not the article from its lines: notes to the reader, credits, labels, and lines that a site repeats.

`removal` applies all of it in one pass over the lines; `reader_notes` (with the word lists of `service_words`),
`east_asian_notes`, `east_asian_ends`, `east_asian_listening`, `invitations`, `offers`, `consent_notes`,
`disclosures`, `social_notes`, `letters`, `contacts`, `page_sentences`, `listed_notes`, `pointers`, `author_notes`,
`self_introductions`, `makers`, `page_heads` (with `page_paths`), `sign_offs`, `credit_lines`, `datelines`,
`unnamed_credits`, `joined_notes`, `blog_footers`, `clocks`, `field_labels`, `firm_notes`, `greetings` and
`reference_lists` each recognise one kind. Then `line_classifier`, with `line_context`, removes what no rule names.
Lists of services, shops and agencies are in `services`; a module has a name itself only inside a phrase of one language
(Amazonアソシエイト, 카톡으로 공유). Pure: lines in, lines out.

Out of scope: learning which lines a site repeats (`sites`), and sentences that the articles of one genre run share
(`recap.corpus.boilerplate`).
"""
