/// Where programs are kept for the sessions that began with them (turn.md rule 15), so that another process, or a
/// restarted one, can go on with a call.
///
/// A program is found by its hash, so that what is kept under a hash never changes; whoever reads it makes sure of it.
public protocol ProgramStore: Sendable {
    /// What is kept under a hash, or nil if there is nothing or its lifetime has passed.
    func program(_ hash: [UInt8]) async throws -> [UInt8]?
    /// Keeps a program.
    ///
    /// - Parameter lifetime: seconds until it is gone, from now.
    func keep(_ program: [UInt8], hash: [UInt8], lifetime: Int) async throws
    /// Lets a program that is kept live on.
    ///
    /// - Parameter lifetime: seconds until it is gone, from now.
    /// - Returns: false if it isn't kept.
    func touch(_ hash: [UInt8], lifetime: Int) async throws -> Bool
}
