-- In which chapter of a story a reader is. The chapter may be gone by now: then its number says which is nearest.
create table bookmarks (
    user_id text not null references users (id) on delete cascade,
    story_id text not null references stories (id) on delete cascade,
    chapter_id text not null,
    number bigint not null,
    ended bigint not null,
    moved_at bigint not null,
    primary key (user_id, story_id)
);
create index bookmarks_newest on bookmarks (user_id, moved_at);
create index bookmarks_story on bookmarks (story_id);

-- Where in that chapter: a paragraph, told by a fingerprint of its text, and how far into it. It changes every few
-- seconds and is in no answer that any cache keeps, so that it needs no row of the log.
create table spots (
    user_id text not null references users (id) on delete cascade,
    story_id text not null references stories (id) on delete cascade,
    paragraph bigint not null,
    print bigint not null,
    thousandth bigint not null,
    rev bigint not null,
    primary key (user_id, story_id)
);
create index spots_story on spots (story_id);

-- Chapters that were read to their end. One may be gone by now.
create table chapters_read (
    user_id text not null references users (id) on delete cascade,
    story_id text not null references stories (id) on delete cascade,
    chapter_id text not null,
    primary key (user_id, story_id, chapter_id)
);
create index chapters_read_story on chapters_read (story_id);
