"""The sentence for each error code: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from claims.errors import KonkyoError
from reviewer.i18n import mark
from reviewer.labels import find_label

MESSAGES: Mapping[str, str] = {
    # settings and files of the command line
    "email_missing": mark("PubMed asks who is calling: add the line NCBI_EMAIL=you@example.org to .env"),
    "email_unusable": mark("NCBI_EMAIL={email} is no e-mail address: correct the line in .env"),
    "entrez_url_unusable": mark("KONKYO_ENTREZ_URL={url} must be http(s) and end in /entrez/eutils/"),
    "env_unreadable": mark("{path} cannot be read: save it as plain UTF-8, and check its permissions"),
    "system_refused": mark("{path}: the operating system refuses ({reason}): check the place and its rights"),
    "screen_encoding": mark("this terminal cannot show Japanese ({encoding}): set PYTHONIOENCODING=utf-8"),
    "ca_bundle_missing": mark("{setting} names {path}, which is not there: correct it, or unset {setting}"),
    "ca_bundle_unreadable": mark(
        "{setting} names {path}, which holds no certificates: give a PEM file, or unset {setting}"
    ),
    "proxy_unreadable": mark("{setting} is no address of a proxy: write it as http://host:port"),
    "proxy_scheme": mark("{setting}: a proxy of the kind {scheme} cannot be used; give one with http://"),
    "home_unusable": mark("KONKYO_HOME {home} cannot be used ({reason}): give a folder you can write to"),
    "secret_short": mark("KONKYO_SECRET needs at least {shortest} characters: make one that is random"),
    "metrics_token_short": mark(
        "KONKYO_METRICS_TOKEN needs at least {shortest} characters: make one that is random, or unset it"
    ),
    "secret_cut_short": mark(
        "the session secret in {path} has fewer than {shortest} characters, after a start that was cut short:"
        " delete the file and start again (everybody signs in again, own API keys are given again)"
    ),
    "secret_unusable": mark(
        "the session secret {path} in KONKYO_HOME can be neither read nor kept ({reason}):"
        " make room and check its permissions, or set KONKYO_SECRET"
    ),
    "secret_differs": mark(
        "this database belongs to a house with another session secret: set KONKYO_SECRET to that of its other"
        " servers, or, where that one is lost for good, run `konkyo secret --adopt`"
    ),
    "secret_changed": mark(
        "the session secret {path} is not the one that this server was started with: start the server again"
    ),
    "library_unusable": mark("KONKYO_LIBRARY={path} cannot be used ({reason}): give a folder"),
    "queue_unknown": mark("KONKYO_QUEUE={queue} is not known: give process or workers"),
    "workers_need_postgresql": mark(
        "workers need PostgreSQL: give KONKYO_DATABASE_URL a postgresql:// address, or leave out KONKYO_QUEUE"
    ),
    "workers_not_installed": mark(
        "workers need a package that is not installed ({package}): pip install -r requirements-workers.lock"
    ),
    "pdf_not_installed": mark(
        "a PDF needs a package that is not installed ({package}): pip install -r requirements-pdf.lock, or"
        " take HTML and print it"
    ),
    "pdf_libraries_missing": mark(
        "a PDF needs Pango, which this machine lacks ({reason}): install it (Debian: libpango-1.0-0"
        " libpangoft2-1.0-0), or take HTML and print it"
    ),
    "pdf_not_printed": mark(
        "the PDF could not be printed ({reason}): a machine without any font cannot (Debian:"
        " fonts-noto-cjk); else take HTML and print it"
    ),
    "pdf_fonts_missing": mark(
        "no font of this machine has the letters {letters}: install one (Debian: fonts-noto-cjk), or take"
        " HTML and print it elsewhere"
    ),
    "library_missing": mark("no library has been imported yet: run `konkyo library import FILE...`"),
    "library_busy": mark("the library is being imported into: wait until that is done"),
    "library_unfinished": mark(
        "nothing is found in a library that is not imported whole: import the same files again, then search"
    ),
    "library_unreadable": mark("the library cannot be read ({reason}): delete {folder} and import again"),
    "file_not_written": mark("the file could not be written to {path} ({reason}): give another --out"),
    "library_unwritable": mark("the library cannot be written to ({reason}): make room, then import again"),
    "library_worker_lost": mark("reading {file} was ended from outside: import again, it goes on from there"),
    "file_is_folder": mark("this is a folder: give the files in it"),
    "file_missing": mark("there is no such file: check the name"),
    "file_unreadable": mark("the file cannot be read ({reason}): check its permissions"),
    "record_too_large": mark("the record is larger than 10 MB: no real one is"),
    "lines_unreadable": mark("{path} cannot be read: give a UTF-8 file of JSON lines"),
    "queries_line_unreadable": mark("{path} line {line}: expected JSON with query_id and text"),
    "pairs_line_unreadable": mark(
        "{path} line {line}: expected JSON with claim_id, claim and pmid ({reason})"
    ),
    "anchor_line_unreadable": mark("{path} line {line}: expected a line of `konkyo audit anchor`"),
    "claims_line_unreadable": mark("{path} line {line}: expected JSON with id and claim ({reason})"),
    "same_line_unreadable": mark("{path} line {line}: expected JSON with id, a and b ({reason})"),
    "record_not_in_library": mark("{path} line {line}: the library has no record {pmid}: import it first"),
    "app_missing": mark("app.py is not installed: run make demo once, or pip install -e ."),
    "address_unusable": mark("{url} cannot be used ({reason}): give another --port or --address"),
    "samples_missing": mark("the sample article is not here: run the demo in the project's folder"),
    "time_zone_unknown": mark("KONKYO_TIME_ZONE={zone} is no time zone: give a name such as Asia/Tokyo"),
    "wording_rules_unreadable": mark(
        "{setting} names {path}, which cannot be read ({reason}): correct the path, or unset it"
    ),
    "wording_rules_too_large": mark("{path} has more than {megabytes} MB: keep the rules, one a line"),
    "wording_rules_too_many": mark(
        "{path} line {line}: a table holds at most {most} rules: delete those that are no longer needed"
    ),
    "wording_rules_no_word": mark(
        "{path} line {line}: the phrase “{phrase}” has no letter and no figure: write a word"
    ),
    "wording_rules_encoding": mark(
        '{path} line {line} is not UTF-8: save it as UTF-8, in Excel as "Unicode Text (*.txt)"'
    ),
    "wording_rules_column": mark(
        "{path} line {line}: the column {column} is missing; the first line names the columns, parted by tabs"
    ),
    "wording_rules_header": mark(
        "{path} line {line}: the column “{column}” is unknown or there twice; the columns are {columns}"
    ),
    "wording_rules_cells": mark(
        "{path} line {line} has {cells} cells under {columns} columns: take the surplus tab out"
    ),
    "wording_rules_quotes": mark(
        '{path} line {line}: a quotation mark (") is not closed: close it, or write it twice within quotes'
    ),
    "wording_rules_empty": mark(
        "{path} line {line}: the cell {column} is empty: fill it, or delete the line"
    ),
    "wording_rules_cell_too_long": mark(
        "{path} line {line}: the cell {column} has more than {most} characters: shorten it"
    ),
    "wording_rules_language": mark("{path} line {line}: the language is “{language}”: write ja or en"),
    "wording_rules_twice": mark(
        "{path} line {line}: “{phrase}” stands on line {first} already: delete one of the two"
    ),
    "wording_rules_in_file": mark(
        "{path} line {line}: “{phrase}” is in the file of KONKYO_WORDING_RULES already: delete the line here"
    ),
    "review_rules_cell": mark(
        "{path} line {line}: {reason}: months and level are figures, type and design words as the how-to has"
        " them"
    ),
    "review_rules_twice": mark(
        "{path} line {line}: about the same claims as line {first}: delete one of both"
    ),
    "review_rules_in_file": mark(
        "{path} line {line}: a rule about the same claims is in the file of KONKYO_REVIEW_RULES already: "
        "delete the line here"
    ),
    "review_rules_months": mark("{path} line {line}: the months are a number from 1 to {most}"),
    "review_rules_level": mark("{path} line {line}: the level is a number from 1 to 5"),
    "review_soon_unusable": mark("KONKYO_REVIEW_SOON_DAYS must be a number of days from {fewest} to {most}"),
    "living_days_unusable": mark(
        "KONKYO_LIVING_DAYS must be a number of days from {fewest} to {most}; 0: only when asked"
    ),
    "living_held_up": mark("{source} gives no answer: the search for new papers goes on later"),
    "living_taken_over": mark("Another process goes on with the search for new papers"),
    "source_without_days": mark("{source} cannot be asked for what is new alone"),
    "records_lost": mark("The source did not send all that it found"),
    "new_record_needs_comment": mark("Say in a comment what the new paper changes"),
    "new_record_not_found": mark("PMID {pmid} is not new to this claim"),
    "new_record_answered": mark("Somebody else answered this new paper meanwhile: look at it as it is now"),
    "review_day_missing": mark("Choose a day first"),
    "review_day_past": mark("The day {day} is past: choose today or a later one"),
    "wording_rules_changed": mark(
        "Somebody changed the rules meanwhile: look at them as they are now, then put yours in force again"
    ),
    "wording_rules_none_given": mark("There is no table yet: choose a file, or paste the table"),
    "log_level_unknown": mark(
        "KONKYO_LOG={level}: take debug, info, warning or error, as JSON with json, before it (json,info)"
    ),
    "oidc_incomplete": mark("signing in elsewhere needs the line {setting}=... in .env"),
    # accounts
    "room_not_found": mark("there is no page {room}: here are the articles"),
    "sign_in_wrong": mark(
        "Name or password is wrong: try again. After several wrong tries wait {minutes} minutes."
    ),
    "sign_in_not_found": mark("This sign-in is over already"),
    "sign_in_ended": mark("Your sign-in has ended and nothing was saved: sign in again"),
    "sign_in_changed": mark("Somebody else has signed in since this page was opened: nothing was saved"),
    "account_closed": mark("The account {name} is closed: what it had begun was stopped"),
    "account_missing": mark("There is no account for {email}: ask your administrator for one."),
    "proof_weak": mark(
        "Your provider did not ask for the second factor that is needed here: sign in with it"
    ),
    "proof_missing": mark("Prove at your provider that it is you, then sign within five minutes"),
    "proof_of_another": mark("Your provider knows you as somebody else than who is signed in here"),
    "proof_old": mark("Your provider did not ask you anew who you are: sign out there, then try again"),
    "signature_missing": mark("An approval or publication is signed: give your password"),
    "identity_unusable": mark("an issuer and a subject are needed, as the provider's ID token has them"),
    "identity_taken": mark("this identity is the account {name}'s: unlink it there first"),
    "identity_used": mark("This sign-in at your provider was used already: sign in once more."),
    "sign_in_locked": mark("Too many wrong passwords: wait {minutes} minutes."),
    "role_refused": mark("{name} may not do this: it needs the role {roles}"),
    "own_password_wrong": mark("This is not your present password: try again."),
    "passwords_differ": mark("The new password was typed in two ways: type it twice alike"),
    "own_key_unusable": mark("This is no API key of NCBI: copy the whole key from your NCBI account"),
    "own_email_unusable": mark("{email} is no e-mail address: correct it, or leave it empty"),
    "own_key_missing": mark("There is no API key of yours here"),
    "own_key_unreadable": mark("Your API key cannot be opened any more: give it again under “My account”"),
    "password_short": mark("the password is too short: take at least {shortest} characters"),
    "text_too_long": mark(
        "The text that begins “{begins}” has {length} characters, and at most {most} are kept: shorten it"
    ),
    "password_guessable": mark(
        "this password is easily guessed: take several words that have nothing to do with you or this house"
    ),
    "password_same": mark("this is the present password: take another"),
    "name_unusable": mark("{name} cannot be a name: use 2 to 64 of a-z, 0-9, dot, dash, underscore"),
    "name_taken": mark("there is an account {name} already: take another name"),
    "role_missing": mark("an account needs a role: author, reviewer, adjudicator, editor or admin"),
    "last_administrator": mark("{name} is the last administrator: give somebody else that role first"),
    "user_not_found": mark("there is no account {name}: `konkyo user list` shows those there are"),
    # the database
    "database_url_unknown": mark("KONKYO_DATABASE_URL: {scheme} is unknown; use sqlite:// or postgresql://"),
    "database_url_unreadable": mark("KONKYO_DATABASE_URL is no database address: correct the line in .env"),
    "database_busy": mark("the database is busy: wait a moment and do it again; nothing was half-written"),
    "trusted_proxies_unusable": mark(
        "KONKYO_TRUSTED_PROXIES: {proxy} is no address or network: name those of your proxies"
    ),
    "smtp_incomplete": mark("sending mail needs the line {setting}=... in .env"),
    "smtp_sender_unusable": mark("KONKYO_MAIL_FROM={sender} is no e-mail address"),
    "smtp_security_unknown": mark("KONKYO_SMTP_SECURITY={security} is none of starttls, tls, none"),
    "smtp_unencrypted": mark(
        "KONKYO_SMTP_SECURITY=none sends in the clear: not to {host}, only to this machine"
    ),
    "room_url_unusable": mark("KONKYO_ROOM_URL={url} is no address of a page, as https://konkyo.example.org"),
    "number_unusable": mark("{setting} must be a number from {fewest} to {most}"),
    "mail_address_unusable": mark("{address} is no e-mail address that a mail can be sent to"),
    "idle_unusable": mark("KONKYO_IDLE_MINUTES must be a number from {fewest} to {most}"),
    "connections_unusable": mark("KONKYO_DATABASE_CONNECTIONS must be a number from {fewest} to {most}"),
    "review_months_unusable": mark("KONKYO_REVIEW_MONTHS must be a number of months from 0 to {most}"),
    "database_damaged": mark(
        "the database is damaged, or its file is none ({reason}): stop Konkyo, copy the file aside, and"
        " put the last backup in its place (`konkyo restore`)"
    ),
    "database_refuses": mark(
        "the database refuses this ({reason}): check the rights of the account in KONKYO_DATABASE_URL"
    ),
    "copy_not_kept": mark(
        "no copy of the database could be kept as {path} before the upgrade ({reason}): make room there;"
        " nothing was changed"
    ),
    "database_unusable": mark("the database does not answer ({reason}): check KONKYO_DATABASE_URL"),
    "schema_unknown": mark(
        "the database was made by a newer Konkyo: update this installation; no database goes back to an older"
        " one, only a copy or backup from before that upgrade does (`konkyo restore`); nothing was changed"
    ),
    "schema_missing": mark("the database has no tables yet: run any konkyo command once"),
    "number_unknown": mark("There is nothing with this number: look at the list again"),
    "text_unstorable": mark("the text holds characters that no database can keep: save it as plain UTF-8"),
    "version_not_found": mark("there is no article version {id}: `konkyo ingest` prints the number"),
    "original_not_found": mark("no original file is kept for this version: bring the file in once more"),
    "nothing_to_cite": mark("version {version} has no citation yet: search for its claims, or attach one"),
    # backups
    "backup_nothing": mark("there is nothing to back up: {home} has no database yet"),
    "backup_exists": mark("{path} is there already: give another name, or --replace"),
    "backup_busy": mark("another backup to {path} is being written: wait for it, or give another name"),
    "backup_not_written": mark(
        "the backup could not be written to {path} ({reason}): make room, or give another place"
    ),
    "backup_unreadable": mark("{path} cannot be read ({reason}): check the name and the permissions"),
    "backup_foreign": mark("{path} is no backup of Konkyo: give a file that `konkyo backup` wrote"),
    "backup_damaged": mark(
        "the backup is damaged or was cut short ({part}): take another copy of it; nothing was changed"
    ),
    "backup_newer": mark(
        "the backup was made by a newer Konkyo ({konkyo}): update this installation; nothing was changed"
    ),
    "backup_other_database": mark(
        "the backup is of a {kind} database and this house has {own}: set KONKYO_DATABASE_URL to one of"
        " the same kind; nothing was changed"
    ),
    "restore_over_work": mark(
        "this house ({home}) has articles or accounts already: --replace moves them aside, or set another"
        " KONKYO_HOME or KONKYO_DATABASE_URL"
    ),
    "restore_over_library": mark(
        "there is a library in {path} already: --replace moves it aside, or set another KONKYO_HOME"
    ),
    "restore_secret_needed": mark(
        "the backup was made with another session secret than is here, and its audit trail goes on with that"
        " alone: set KONKYO_SECRET to it, or put it into {place}, and restore again; where it is lost,"
        " --new-secret; nothing was changed"
    ),
    "restore_in_use": mark(
        "{path} is in use: stop `konkyo serve` and other commands, then restore again; nothing was changed"
    ),
    # articles
    "article_unreadable": mark("{file} cannot be read ({reason}): check the name and the permissions"),
    "article_no_text": mark("there is no text in this file: give an article with text"),
    "article_no_text_layer": mark("the PDF has pictures of pages and no text layer: OCR it first"),
    "article_encrypted": mark("the file is protected by a password: save it without one"),
    "article_corrupt": mark(
        "the {format} file is damaged ({reason}): open it where it was made and save it again"
    ),
    "article_other_office": mark("{format} files are not read: save the article as .docx or as a PDF"),
    "article_picture": mark("this is a picture ({format}): give the article's text, or a PDF with its text"),
    "article_foreign": mark("{format} files are not read: give text, Markdown, HTML, .docx or PDF"),
    "article_garbled": mark(
        "the PDF's letters cannot be told ({font}): save it anew with its text, or paste the text"
    ),
    "article_vertical": mark(
        "this PDF mixes vertical and horizontal lines on a page: paste the text in the order of reading, "
        "or give it as .docx"
    ),
    "article_too_slow": mark(
        "reading this file takes too long and was stopped: give the article alone, or paste its text"
    ),
    "article_reader_lost": mark(
        "reading the file was ended from outside ({status}): try again; if it ends again, paste the text"
    ),
    "article_entities": mark("the file defines XML entities ({part}), as no Word file does: save it anew"),
    "article_nested": mark("the page's parts are nested too deeply: save its text, or paste it"),
    "article_login": mark("the page asks for a login: save the article as a file from your browser"),
    "article_scripted": mark("the page is put together by scripts: save it as a PDF from your browser"),
    "article_url_unusable": mark("{url} is no address of a page: give one with http:// or https://"),
    "article_url_private": mark("{host} is a machine in a private network, which is never asked"),
    "article_url_unreachable": mark("{url} cannot be reached ({reason}): check the address and the network"),
    "article_url_certificate": mark(
        "the certificate of {url} is not trusted ({reason}): if a proxy of yours reads along, set "
        "REQUESTS_CA_BUNDLE to the file with its CA certificate; otherwise save the page as a file"
    ),
    "article_url_proxy": mark(
        "{url} cannot be reached, and the proxy {proxy} is not used for pages: save the page as a file"
    ),
    "article_url_timeout": mark("{url} did not answer in time: try again, or save the page as a file"),
    "article_url_status": mark("{url} answers with HTTP {status}: check the address, or save the page"),
    "article_url_redirects": mark("{url} keeps redirecting: give the address of the page itself"),
    "article_empty": mark("the file is empty: give an article with text"),
    "article_binary": mark("the file is of no kind that is read: give text, Markdown, HTML, .docx or PDF"),
    "article_too_large": mark("the file is larger than an article can be: give one article a file"),
    "article_encoding": mark("the file's characters cannot be read: save it as UTF-8"),
    "sentence_not_found": mark("no sentence of this article begins with “{words}”: copy its first words"),
    "sentence_ambiguous": mark("several sentences ({count}) begin with “{words}”: give more of the words"),
    "article_without_claims": mark("no claim was found in this article (units: {units}): check the file"),
    # queries
    "no_concept": mark("no search term was found in this claim: word the query by hand"),
    "not_searchable": mark("PubMed cannot answer this claim: word the query by hand if you know better"),
    "term_missing": mark("type the term that is to be added"),
    "term_too_long": mark("a term has at most {most} characters, not {length}: give the word alone"),
    "english_missing": mark("{term} needs its English: give --english once for each wording, best first"),
    "english_unusable": mark("{words} cannot stand in a PubMed query: give English words without signs"),
    "term_not_added": mark("nobody added {term}: konkyo lexicon list shows what was"),
    "query_empty": mark("the query is empty: type a search term"),
    "query_depth": mark("the query has too many parentheses inside each other: make it simpler"),
    "query_parenthesis": mark(
        "a parenthesis is not closed or not opened at character {at}: correct the query"
    ),
    "query_operator": mark(
        "AND, OR or NOT at character {at} needs a search term on either side: add it or leave this out"
    ),
    "query_tag": mark("the field tag {tag} at character {at} is unknown: use [tiab], [Mesh], [ti], [pt] …"),
    "query_tag_not_in_library": mark("the library cannot search {tag}: leave it out, or search PubMed"),
    "query_unreadable": mark("the query cannot be read from character {at} on: correct it there"),
    "query_language": mark("the language {text} is unknown: write its English name or three-letter code"),
    "query_without_word": mark("there is no word to search for in {text}: leave it out"),
    "query_too_wide": mark("a phrase with a wildcard stands for too many words: write more of the last word"),
    "query_small_operator": mark(
        "{word} at character {at} is searched as a word: write AND, OR, NOT in capitals, or quote the phrase"
    ),
    "query_date": mark("the date in the query cannot be read: write it as 2020:2026[dp]"),
    "query_wildcard": mark("a wildcard needs at least four characters before it: {word} at character {at}"),
    "rung_missing": mark("this claim's ladder has no {rung} query of its own: give the query with --query"),
    "doi_unreadable": mark("{doi} is no DOI: it begins with 10. and has a slash"),
    "pmid_unreadable": mark("{pmid} is no PMID: give its digits"),
    "pmc_is_no_pmid": mark("{number} is a number of PubMed Central, no PMID: give the PMID or the DOI"),
    # evidence sources
    "source_unreachable": mark("{source} cannot be reached: check the network, then search again"),
    "source_certificate_untrusted": mark(
        "The certificate shown for {source} is not trusted ({reason}): if a proxy of yours reads along, "
        "set REQUESTS_CA_BUNDLE to the file with its CA certificate"
    ),
    "source_proxy_unreachable": mark(
        "The proxy {proxy} cannot be reached: check HTTPS_PROXY and the network"
    ),
    "source_proxy_password": mark(
        "The proxy {proxy} asks for a password: write it into HTTPS_PROXY as http://name:password@host:port"
    ),
    "source_proxy_refused": mark("The proxy {proxy} does not let {source} through: ask who runs the proxy"),
    "source_timeout": mark("{source} did not answer in time: search again later"),
    "source_rate_limited": mark("{source} asks for a pause: search again in a few minutes"),
    "source_blocked": mark(
        "PubMed refused this installation (HTTP {status}): check NCBI_EMAIL, search later"
    ),
    "source_key_refused": mark(
        "PubMed does not accept the API key: check NCBI_API_KEY in .env, or yours under “My account”"
    ),
    "source_backend_failed": mark("The search of {source} failed on its side: search again later"),
    "source_ids_missing": mark(
        "{source} found records ({count}) and did not say which: search again, that is no empty answer"
    ),
    "source_records_missing": mark(
        "Records were found ({count}) and none came: search again, that is no empty answer"
    ),
    "source_nonsense": mark(
        "{source} answered with something that is no record ({reason}): search again later"
    ),
    "source_refused_query": mark("{source} refused the query ({reason}): edit it and search again"),
    "source_too_large": mark("The answer of {source} was too large: narrow the query"),
    "source_truncated": mark("The answer of {source} broke off: search again"),
    "source_unavailable": mark("{source} is out of order (HTTP {status}): search again later"),
    "source_unusable": mark("PubMed answered with HTTP {status}: check KONKYO_ENTREZ_URL"),
    # PubMed files
    "gzip_broken": mark("the compressed file is damaged: fetch it again"),
    "xml_empty": mark("the file is empty: fetch it again"),
    "xml_entities": mark("the file declares XML entities, which are refused: fetch it from NLM"),
    "xml_malformed": mark("no well-formed XML from line {line} on: fetch it again"),
    "xml_not_pubmed": mark("this is no PubMed XML ({root}): give NLM's baseline, update or EFetch files"),
    "xml_record_too_large": mark("a record in the file does not end within 64 MB: fetch it again"),
    "no_citation": mark("the record holds no citation"),
    "bad_pmid": mark("the record has no PMID, or one that is none"),
    "record_unreadable": mark("the record is no well-formed XML ({reason}): fetch it again"),
    "record_too_deep": mark("the record's elements stand too deep inside each other"),
    "watch_not_a_table": mark(
        "this is not Retraction Watch's table: its first line does not name the columns {columns}; "
        "get the CSV file that Crossref publishes, unpacked"
    ),
    "watch_corrupt": mark(
        "half of the lines or more are corrupt ({corrupt} against {rows}, the first is line {line}): "
        "nothing was kept; get the file once more"
    ),
    "version_not_published": mark("this version is {state}: only what is published is reviewed again"),
    "no_review_needed": mark("no claim of this version needs review"),
    "watch_nowhere": mark(
        "name the file, or set KONKYO_RETRACTION_WATCH_URL to the address of Retraction Watch's table"
    ),
    "run_unfinished": mark("ended unfinished: another source was asked from then on"),
    "recheck_taken_over": mark("another process goes on with this recheck"),
    "recheck_hours_unusable": mark(
        "KONKYO_RECHECK_HOURS has to be a whole number from {fewest} to {most}; 0: only when it is asked"
    ),
    "retraction_watch_unusable": mark("KONKYO_RETRACTION_WATCH_URL is no http(s) address: {url}"),
    # lists of papers that are brought in
    "ris_tag_broken": mark(
        "Line {line} (“{words}”) has a broken RIS tag: two capitals, two blanks, a hyphen. Nothing was taken"
    ),
    "ris_outside_entry": mark(
        "Line {line} (“{words}”) stands in no RIS entry: one begins with “TY  - ”. Nothing was taken"
    ),
    "ris_entry_open": mark("The RIS entry of line {line} does not end with “ER  - ”. Nothing was taken"),
    "bibtex_broken": mark(
        "The BibTeX entry of line {line} cannot be read: look at its braces and commas. Nothing was taken"
    ),
    "json_broken": mark("From line {line} on this is no valid JSON. Nothing was taken"),
    "json_no_item": mark("Item {position} is no item of CSL-JSON. Nothing was taken"),
    "nbib_entry_unreadable": mark("Entry {position} of the NBIB file cannot be read. Nothing was taken"),
    "list_no_number": mark("Line {line}: “{words}” is no PMID, PMCID or DOI. Nothing was taken"),
    "bibliography_empty": mark("This list names no paper"),
    "bibliography_undecodable": mark(
        "The letters of this list cannot be read: save it as UTF-8 and bring it in again"
    ),
    "bibliography_too_large": mark(
        "This list is too large (characters: {signs}, read at once: {most}): split it. Nothing was taken"
    ),
    "bibliography_too_long": mark(
        "This list is too long (papers: {count}, taken at once: {most}): split it. Nothing was taken"
    ),
    "nbib_unreadable": mark("this is no NBIB file: export it again from PubMed"),
    # rules of grading
    "supported_needs_citation": mark("“Supported” needs a citation that you judged supporting"),
    "partially_supported_needs_citation": mark(
        "“Partially supported” needs a citation that you judged supporting or partly"
    ),
    "contradicted_needs_citation": mark("“Contradicted” needs a citation that you judged refuting"),
    "document_does_not_carry": mark(
        "A document without a PMID carries claims on approval, definition and safety alone:"
        " this one needs a PubMed record that you judged so"
    ),
    "document_incomplete": mark("A document needs its title, and who published it or its address"),
    "document_address_unknown": mark(
        "“{address}” is no address of the web: give one that begins with https://"
    ),
    "document_not_yet_read": mark("{day} is yet to come: give the day on which the document was read"),
    "document_not_of_claim": mark("This document was not entered for this claim"),
    "supported_on_preclinical_alone": mark(
        "Animal or cell studies alone do not support a claim about people: judge a human study or grade lower"
    ),
    "unsupported_needs_search": mark("“Unsupported” needs a search that succeeded: search again first"),
    "unsupported_not_searchable": mark(
        "PubMed cannot answer this claim, so that finding nothing there says nothing: take “not checkable”"
    ),
    "unsupported_needs_records": mark(
        "“Unsupported” needs every record that was found; did not come: {lost}. Search again first"
    ),
    "unsupported_needs_reason": mark(
        "Did not come by two searches: {lost}. Write into the comment why you grade without them"
    ),
    "grade_needs_reason": mark("This grade needs its reason: write it into the comment"),
    "citation_not_of_claim": mark("PMID {pmid} was not found for this claim"),
    "judgement_carries_grade": mark("Your grade rests on this judgement: change the grade first"),
    "level_unknown": mark("There is no evidence level {level}: take 1 to 5, or none"),
    "guideline_incomplete": mark("Give the guideline's grade and its source, both"),
    "reason_missing": mark("This step needs its reason"),
    "press_unreadable": mark("This key could not be read: nothing was saved. Load the page again"),
    "page_left": mark("Another claim was open when your key arrived: nothing was saved. Press it again"),
    "drafts_too_long": mark(
        "Your unfinished comments are too long together: give or empty some of them first"
    ),
    "undo_unknown": mark(
        "The line broke as you took a step back, and nobody knows whether it was: look, then press u again"
    ),
    "taking_over_off": mark("This house does not let grades be taken over (KONKYO_TAKE_OVER)"),
    "nothing_to_take_over": mark(
        "There is no grade of these words to take over here, or not the one that was offered: look again"
    ),
    "wording_not_supported": mark("Only a sentence that is settled as supported is approved for reuse"),
    "wording_without_ground": mark(
        "Not approved for reuse: it needs review, rests on a document, or a paper under it is not known to"
        " stand"
    ),
    "wording_approved_already": mark("This sentence is approved for reuse already"),
    "wording_withdrawn_already": mark("This sentence was withdrawn already"),
    "wording_not_found": mark("There is no standard wording {number}"),
    "no_repeats": mark("No other claim of this article is left in these words to give your grade to"),
    "all_judged": mark("Every citation on the page is judged by you already"),
    "grade_first": mark("Not graded yet: choose a grade (4–0, 9, 8); j goes on without one"),
    "unread_citations": mark(
        "Judged so far: {judged} of {count}. Press the grade again if the rest need no look, or"
        " judge them first (r puts the rest aside)"
    ),
    "quotation_not_in_abstract": mark("These words do not stand in the abstract: select them there"),
    "nothing_to_undo": mark("There is no step of yours to take back at this claim"),
    "citations_told": mark("Your grade told you which citations others attached: give another grade instead"),
    # who grades, and when
    "not_assigned": mark("{name} does not review this article: the editor names who does"),
    "claim_of_others": mark("This claim is assigned to others of the article's reviewers"),
    "reviewer_not_of_article": mark("{name} does not review this article: assign them to the article first"),
    "declaration_missing": mark("Declare your interests in this article first"),
    "qualification_missing": mark("Write your qualification, as it shall stand in the report"),
    "statement_missing": mark("Write which interests you have in the subject, or that you have none"),
    "version_closed": mark("This version is {state}: nothing in it can be changed"),
    "flag_outside_claim": mark("The flag points outside the claim: mark words of the claim"),
    "flag_settled": mark("This flag is settled: a reviewer or the editor can open it again"),
    "flag_not_found": mark("This flag is no longer there: look at the list again"),
    "answer_needs_words": mark("Write your answer: the new wording, the source, or why you differ"),
    "nothing_to_trace": mark("Say what to look for: a PMID, a DOI, the sentence of a claim, or a document"),
    "reply_needs_words": mark("Write what you want to say first"),
    "resolution_needs_comment": mark("Say why: the author reads it"),
    # approving and publishing
    "version_changed": mark("This is not the text that you read: look at the version again"),
    "state_not_reachable": mark("The version is {now} and cannot become {wanted} from there: look again"),
    "refusal_needs_comment": mark("Sending back or withdrawing needs a comment that says why"),
    "version_older": mark("Version {number} of this article exists: this older one can only be read"),
    "gate_not_free": mark("before approval there are obstacles ({count}), the first at claim {number}"),
    "nothing_to_keep": mark("Only a claim graded overstated, unsupported or contradicted can be kept"),
    "safety_contradicted": mark("A contradicted safety claim cannot be kept: it is rewritten or deleted"),
    "claim_settled": mark("The grades of this claim are closed: the editor can open it again"),
    "claim_not_settled": mark("This claim is open already"),
    "grade_still_blind": mark("This grade is still blind: it opens once the claim is settled"),
    "grade_not_found": mark("{name} has not graded this claim"),
    "conflict_is_decided": mark(
        "Citations are judged by who grades: you settle this conflict, with the keys of the grades"
    ),
    "not_in_conflict": mark("There is no conflict to settle at this claim"),
    "grader_adjudicates": mark("You graded this claim yourself: somebody else settles the conflict"),
    "decision_needs_grade": mark("Choose the grade that is to stand first: 4 to 0, 9 or 8"),
    "decision_needs_reason": mark("A decision needs its reason: write it into the comment, then decide"),
    "view_missing": mark("Write your own view first: the grades open after it"),
    "view_stands": mark("Your view is written and stays as it is: decide now"),
    "graders_one_or_two": mark("A claim is graded by one or two, not by {needed}"),
    "reviewers_too_few": mark("Grades needed for each claim: {needed}, reviewers named: {named}; name more"),
    "adjudicator_reviews": mark("{name} cannot both review and adjudicate: name somebody else"),
    "person_without_role": mark("{name} has not the role {role}: name somebody who has"),
    "claim_not_found": mark("This claim is no longer there: go back to the list"),
    "dropped_not_found": mark("This unit is no longer there: go back to the list"),
    "already_restored": mark("This unit was restored already"),
    # claims by hand
    "claim_number_missing": mark("there is no claim {number} in version {version}: see `konkyo claims`"),
    "unit_number_missing": mark("there is no unit d{number} in version {version}: see `konkyo claims --all`"),
    "second_person_needed": mark(
        "Others settled claim {number}, or it is contradicted on safety: a second person has to confirm this"
    ),
    "reopener_grades": mark("You opened this claim again: somebody else has to grade it"),
    "proposal_waits": mark("A proposal of {name} for this claim waits: confirm or reject that one first"),
    "proposer_closed": mark(
        "The account {name}, which proposed this, is closed: reject it and propose it anew"
    ),
    "proposal_over": mark("This proposal is over: it was answered, or its claim changed since"),
    "proposal_not_found": mark("There is no such proposal: look at the list again"),
    "claim_replaced": mark("Other claims took the place of this one: look at the list again"),
    "claim_dismissed": mark("Claim {number} is dismissed: restore it first"),
    "claim_not_dismissed": mark("Claim {number} is not dismissed"),
    "claim_exists": mark("Claim {number} has these very sentences already"),
    "claims_not_adjacent": mark("Claim {number} lies between them: merge it too, or dismiss it first"),
    "dismissal_needs_reason": mark("A claim is dismissed for a reason: write it down"),
    "reading_empty": mark("The stand-alone wording is empty: write what the claim says by itself"),
    "merge_needs_two": mark("Name at least two claims of one version to merge"),
    "split_needs_two": mark("This makes no two claims: give each assertion its own stand-alone wording"),
    "span_without_sentence": mark("There is no sentence at this place"),
    "span_over_heading": mark("A heading lies between these sentences: a claim keeps to its section"),
    "job_fault": mark("The work ended by a fault ({reason}): the server's log says more; start it again"),
    "job_given_up": mark(
        "The work was given up after whoever did it had died several times: the log says more; start it again"
    ),
    "search_taken_over": mark(
        "Another search took this one over after it had stood still: what this one found since is not stored."
        " Look at the claims, then search what is due"
    ),
    "claim_changed": mark("Somebody changed this claim in the meantime: look again, then grade"),
}


_WARNINGS: Mapping[str, str] = {
    "RecordMissing": mark("PMID {words} was found and did not come"),
    "RecordUnreadable": mark("PMID {words} was found and cannot be read"),
    "IdsMissing": mark("numbers of found records that did not come: {words}"),
    "LibraryUnfinished": mark("searched while the library was not imported whole: {words}"),
    "RecordBecame": mark("the record has another number now: {words}"),
    "HeldBy": mark("not sent: everything it could find was brought by the search {words}"),
}


class _Shown(dict[str, object]):
    """Values of an error; one that is missing shows as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def describe_error(error: KonkyoError, translate: Callable[[str], str] = str) -> str:
    """One line for a person: the code's sentence with its values, or the code where it has no sentence."""
    return describe_code(error.code, error.values, translate)


def describe_code(
    code: str, values: Mapping[str, object] | None = None, translate: Callable[[str], str] = str
) -> str:
    """The sentence of ``code`` in the reader's language, filled with ``values``, on one line."""
    sentence = MESSAGES.get(code)
    if sentence is None:
        told = ", ".join(f"{name} {value}" for name, value in (values or {}).items())
        return " ".join(f"{code.replace('_', ' ')} {f'({told})' if told else ''}".split())
    return " ".join(translate(sentence).format_map(_Shown(_name_values(values or {}, translate))).split())


def _name_values(values: Mapping[str, object], translate: Callable[[str], str]) -> dict[str, object]:
    return {name: _name_value(value, translate) for name, value in values.items()}


def _name_value(value: object, translate: Callable[[str], str]) -> object:
    """A code by its label in the reader's language, several of them with commas, anything else as it is."""
    if isinstance(value, tuple):
        return ", ".join(str(_name_value(one, translate)) for one in value)
    label = find_label(value)
    return value if label is None else translate(label)


def tell_warning(warning: str, translate: Callable[[str], str] = str) -> str:
    """What a search warns of in the reader's language; the source's own warnings as it words them."""
    kind, _, words = warning.partition(": ")
    sentence = _WARNINGS.get(kind)
    return translate(sentence).format(words=words) if sentence else warning
