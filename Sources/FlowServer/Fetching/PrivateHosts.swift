/// Which hosts a fetch may reach although they aren't in the public internet: this machine, its network, the cloud's
/// metadata. A name is judged by the address that it leads to when the connection is made, whatever it led to before.
public enum PrivateHosts: Sendable, Hashable {
    case none
    /// Names and addresses as fetches write them, without a port, in any case.
    case named(Set<String>)
    /// For one's own terminal.
    case all

    func contains(_ host: String) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .named(let names): names.contains { equalsIgnoringCase($0.utf8, host.utf8) }
        }
    }
}

private func equalsIgnoringCase(_ left: String.UTF8View, _ right: String.UTF8View) -> Bool {
    func lowered(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
    return left.count == right.count && zip(left, right).allSatisfy { lowered($0) == lowered($1) }
}
