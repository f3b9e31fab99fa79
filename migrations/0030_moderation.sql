-- Moderation: what is reported, what is hidden, who may not write or sign in, and the record of all that was done.

-- A person has one open report of a thing. The text is kept as it was then: its author may change it.
create table reports (
    reporter_id text not null references users (id) on delete cascade,
    kind text not null,
    thing_id text not null,
    reason text not null,
    words text not null,
    author_id text not null,
    path text not null,
    -- The post it is, or stands below.
    post_id text,
    title text not null,
    text text not null,
    at bigint not null,
    closed_at bigint
);
create unique index reports_open on reports (reporter_id, kind, thing_id) where closed_at is null;
create index reports_queue on reports (kind, thing_id, at) where closed_at is null;
create index reports_thing on reports (kind, thing_id);

-- What managers hid. A story and a chapter are unpublished, and not published again while they are here; a post and a
-- comment have a mark of their own.
create table hidden (
    kind text not null,
    thing_id text not null,
    author_id text not null,
    title text not null,
    text text not null,
    at bigint not null,
    -- When a story that was out was published.
    published_at bigint,
    -- Whether readers had the chapter.
    published bigint not null,
    primary key (kind, thing_id)
);
create index hidden_newest on hidden (at);

alter table posts add column hidden bigint not null default 0;
alter table posts add column locked bigint not null default 0;
alter table comments add column hidden bigint not null default 0;

alter table users add column suspended_until bigint;
alter table users add column banned_at bigint;
create index users_suspended on users (suspended_until) where suspended_until is not null;
create index users_banned on users (banned_at) where banned_at is not null;

-- The record. It names people and things without referring to their rows, which may go.
create table acts (
    id text primary key,
    at bigint not null,
    kind text not null,
    by_id text not null,
    -- The person it is about; empty, if it is about none.
    about_id text not null,
    thing_kind text,
    thing_id text,
    title text not null,
    text text not null,
    told text not null,
    note text not null,
    until_at bigint,
    -- To which act this is the answer.
    answers text
);
create index acts_newest on acts (at);
create index acts_about on acts (about_id, at);
create index acts_thing on acts (thing_kind, thing_id, at);
-- A decision is answered once.
create unique index acts_answers on acts (answers) where answers is not null;

-- Nothing in the record is changed or deleted. The two databases write triggers in two ways: a comment in a comment
-- is none for SQLite, so from here on each reads the lines of its own. A function
-- stays when its table is dropped, as it is where a backup takes the place of what was there.
/* /* */
create trigger acts_stay_as_they_are before update on acts begin select raise(abort, 'the record of acts is append-only'); end;
create trigger acts_stay before delete on acts begin select raise(abort, 'the record of acts is append-only'); end;
-- */
/* /* */ -- */ create or replace function acts_stay() returns trigger language plpgsql as $$ begin raise exception 'the record of acts is append-only'; end $$;
/* /* */ -- */ create trigger acts_stay before update or delete or truncate on acts for each statement execute function acts_stay();
