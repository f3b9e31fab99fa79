-- The second factor of an account: a secret that its owner's app has, too, and makes codes from. To check a code the
-- program needs the secret itself, so it stands here as it is. A row may be a factor that is being set up.
create table second_factors (
    user_id text primary key references users (id) on delete cascade,
    -- In base32, as apps take it.
    secret text not null,
    -- None until a right code has shown that the app has it.
    on_since bigint,
    -- Which half minute's code was taken last, and what for: a code is taken once.
    last_step bigint not null default 0,
    taken_for text not null default '',
    -- How many codes were tried since the last right one, and when the next one may be.
    guesses bigint not null default 0,
    next_at bigint not null default 0
);

-- What stands in for the app, once each. Only hashes are here.
create table recovery_codes (
    code_hash text primary key,
    user_id text not null references users (id) on delete cascade,
    used_at bigint,
    taken_for text not null default ''
);
create index recovery_codes_user on recovery_codes (user_id);

-- Sign-ins whose password was right and whose code is still asked for. Of what the browser holds only the hash is here.
-- A used one stays until it runs out, so that the same request, sent twice, is answered twice.
create table pending_sign_ins (
    token_hash text primary key,
    user_id text not null references users (id) on delete cascade,
    expires_at bigint not null,
    tries bigint not null default 0,
    used_at bigint
);
create index pending_sign_ins_user on pending_sign_ins (user_id);
