-- The name of an account in addresses. One from before has none until a node has given it one: its id stands there
-- meanwhile. What a person says of themselves, and how often the two were saved.
alter table users add column handle text;
alter table users add column bio text not null default '';
alter table users add column profile_rev bigint not null default 1;
create unique index users_handle on users (handle);

-- Every handle that an account has or had. Those from before lead on to the new one, and no other account can take them:
-- also when the account is gone.
create table handles (
    handle text primary key,
    user_id text references users (id) on delete set null,
    since bigint not null
);
create index handles_user on handles (user_id);

drop index posts_author;
-- A person's newest posts, without sorting.
create index posts_author on posts (author_id, created_at, id);
