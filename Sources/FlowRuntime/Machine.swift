package import FlowProgram

/// The pure machine: takes a session by one event to the next place where it must wait (turn.md rule 8).
///
/// Nothing is suspended. Where the walk meets an effect whose answer it doesn't have, it says what it needs; the driver
/// performs it and walks again from the beginning with one answer more. Equal arguments give equal results.
///
/// - Parameters:
///   - session: nil before the first turn; for `start` of a text conversation that is over, that one.
///   - answers: of the effects 0 ..< i of this turn.
package func walk(
    _ program: ExecutableProgram, session: Session?, event: Event, answers: [FetchAnswer] = []
) -> WalkResult {
    var walk = Walk(program, session: session, event: event, answers: answers)
    var ending = walk.begin(session)
    ending = walk.hangUp(walk.bounded(ending))
    if case .fault(let reason) = ending {
        ending = walk.recover(from: reason, of: session)
    }
    if case .needs(let effect) = ending { return .needs(effect) }
    return .done(walk.turn(after: ending, from: session))
}

/// As the other one, for a program that is walked once.
package func walk(
    _ program: Program, session: Session?, event: Event, answers: [FetchAnswer] = []
) -> WalkResult {
    walk(ExecutableProgram(program, hash: []), session: session, event: event, answers: answers)
}
