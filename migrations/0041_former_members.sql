-- When a person left. Their row stays without anything of them, because what is kept of their works, and the record of
-- moderation, refer to it.
alter table users add column left_at bigint;
