//! Which leader answers for what names none: whoever leads its line of work or, when nobody does,
//! the leaders at large.

/// The condition that the post at `$n` leads at large, in the city at `$1`: it leads no line of
/// work; or every leader's post leads one, so that nothing is without a leader.
pub fn at_large(n: usize) -> String {
    let leads = |post: &str| {
        format!(
            "EXISTS (SELECT 1 FROM lines l WHERE l.jurisdiction_id = $1 \
             AND l.leader_post_id = {post})"
        )
    };
    format!(
        "(NOT {} OR NOT EXISTS (SELECT 1 FROM posts p WHERE p.jurisdiction_id = $1 \
         AND p.role = 'leader' AND p.valid_to IS NULL AND NOT {}))",
        leads(&format!("${n}")),
        leads("p.id")
    )
}

/// The seats `leader_of` in which the leader's post at `$n` sits, in the city at `$1`: the lines
/// that it leads; at large also those that nobody leads, and the city for what is of no line.
pub fn led(n: usize) -> String {
    let at_large = at_large(n);
    format!(
        "SELECT l.id FROM lines l WHERE l.jurisdiction_id = $1 AND (l.leader_post_id = ${n} \
         OR (l.leader_post_id IS NULL AND {at_large})) \
         UNION ALL SELECT j.jurisdiction_id FROM jurisdictions j WHERE j.jurisdiction_id = $1 \
         AND {at_large}"
    )
}
