#if Redis
    import NIOCore
    import NIOSSL

    /// What a connection needs before its first command: TLS, who we are, the database.
    struct RedisAccess: Sendable {
        var user: String?
        var password: String?
        var database: Int
        var tls: NIOSSLContext?

        /// - Throws: `StoreFault` if the certificates can't be used.
        init(_ url: RedisURL) throws(StoreFault) {
            user = url.user
            password = url.password
            database = url.database
            guard url.usesTLS else { return }
            var configuration = TLSConfiguration.makeClientConfiguration()
            if let file = url.trustFile { configuration.trustRoots = .file(file) }
            do {
                tls = try NIOSSLContext(configuration: configuration)
            } catch {
                throw .unavailable("TLS: \(error)")
            }
        }

        /// Sent first; each must be answered without an error.
        var greeting: [RedisCommand] {
            var commands: [RedisCommand] = []
            if let password {
                let words = user.map { [$0, password] } ?? [password]
                commands.append((["AUTH"] + words).map { Array($0.utf8) })
            }
            if database != 0 { commands.append([Array("SELECT".utf8), decimal(database)]) }
            commands.append([Array("PING".utf8)])
            return commands
        }

        func addTLS(to channel: any Channel, host: String) throws {
            guard let tls else { return }
            let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
            try channel.pipeline.syncOperations.addHandler(
                NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : host))
        }
    }
#endif
