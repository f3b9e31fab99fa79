-- Whether an account is the demo library's, with a password that everybody knows. Those that are there already
-- are found when a server starts: by their address and by that password.
alter table users add column demo bigint not null default 0;
