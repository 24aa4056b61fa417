//- update/lookahead.c: slow weights, for update.c.
/* Lookahead (Zhang, Lucas, Hinton, Ba 2019): every @(every) steps slow weights go a part of the way to those that the optimiser
 * moves, which then go back to them. After the last step of a training the weights are the slow ones.
//: if rises then
 * The part is 1 - (1 - @(alpha)) t^@(power), where t is the part of the training that is done (Jordan 2024).
//: else
 * The part is @(alpha).
//: end
 */
static void synchronise(@(real) *restrict fast, @(real) *restrict slow, int count, @(real) by)
{
    for (int i = 0; i < count; i++) {
        slow[i] = toward(slow[i], fast[i], by);
        fast[i] = slow[i];
    }
}

/* The part of the way in this step; -1 in those between. */
static @(real) slow_by(const struct @(prefix)_hyper *hyper)
{
    if (hyper->step % @(every) == 0) {
//: if rises then
        const double done = hyper->step < hyper->steps ? (double)hyper->step / (double)hyper->steps : 1;
        return (@(real))(1 - (1 - @(alpha)) * pow(done, @(power)));
//: else
        return (@(real))@(alpha);
//: end
    }
    return hyper->step == hyper->steps ? 0 : -1;
}

//: if #slots > 0 then
/* The same of dead parameters that shrink alike: of their factor. */
static void synchronise_dead(double *dead, @(real) by)
{
    dead[@(slow_factor)] += (double)by * (dead[0] - dead[@(slow_factor)]);
    dead[0] = dead[@(slow_factor)];
}

static void start_dead(double *dead) { dead[@(slow_factor)] = dead[0]; }

//: end
/* Slow weights begin where the weights do. */
static void start_slow(struct @(prefix) *c)
{
//: for _, s in ipairs(slow) do
    memcpy(@(s.state), @(s.value), @(s.count) * sizeof(@(real)));
//: end
//: for _, slot in ipairs(slots) do
    start_dead(@(slot.factors));
//: end
}

/* Running statistics and factors of dead parameters. */
static void synchronise_rest(struct @(prefix) *c, @(real) by)
{
    if (by < 0)
        return;
//: for _, s in ipairs(slow_running) do
    synchronise(@(s.value), @(s.state), @(s.count), by);
//: end
//: for _, slot in ipairs(slots) do
    synchronise_dead(@(slot.factors), by);
//: end
//: if #slow_running + #slots == 0 then
    (void)c;
//: end
}
