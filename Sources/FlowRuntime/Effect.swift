/// What a walk can't go on without. The driver performs it, appends its answer to those it has, and walks again.
package struct Effect: Hashable, Sendable {
    /// Its place among the effects of the turn, from 0.
    package var index: Int
    package var request: FetchRequest
    /// After a death it isn't performed again.
    package var once: Bool

    package init(index: Int, request: FetchRequest, once: Bool = false) {
        self.index = index
        self.request = request
        self.once = once
    }
}

/// What a walk comes to.
package enum WalkResult: Hashable, Sendable {
    case needs(Effect)
    case done(Turn)
}
