import FlowTestSupport
import Foundation
import Testing

/// What lies in `deploy/` is what the tools that read it take.
@Suite("Deploying", .timeLimit(.minutes(2)))
struct DeployTests {
    private func has(_ tool: String, _ shell: CommandShell) throws -> Bool {
        let isThere = try shell.run("PATH=$PATH:/usr/sbin command -v \(tool)").status == 0
        if !isThere { print("skipped: there is no \(tool)") }
        return isThere
    }

    @Test("systemd takes the unit, and the unit starts what `flowc serve` takes")
    func unit() throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        let text = Repository.file("deploy/flowc.service").text
        let start = try #require(text.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
        let command = String(start.dropFirst("ExecStart=/usr/local/bin/".count))
        // Its options are known: without a token it says so, and nothing else is wrong.
        let served = try shell.run(
            command.replacing("/etc/flowc/flows", with: "flows/key-menu.yaml")
                .replacing("sqlite:/var/lib/flowc/flowc.db", with: "sqlite:a.db"))
        #expect(
            served.status == 69 && served.output.contains("TWILIO_AUTH_TOKEN isn't set"), "\(served.output)")
        for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix("[") {
            #expect(line.contains("="), "\(line)")
        }
        guard try has("systemd-analyze", shell) else { return }
        try shell.write(text.replacing("/usr/local/bin/flowc", with: "/bin/true"), to: "flowc.service")
        let verified = try shell.run("systemd-analyze verify ./flowc.service 2>&1 | grep -a flowc")
        #expect(verified.output == "", "\(verified.output)")
    }

    @Test("A call goes through nginx as it is configured")
    func proxy() throws {
        let shell = try CommandShell(environment: ["TWILIO_AUTH_TOKEN": "a-token"])
        defer { shell.remove() }
        guard try has("nginx", shell), try has("openssl", shell) else { return }
        let server = try shell.start(
            "exec flowc serve flows/key-menu.yaml --port 0 --trust-proxy --store memory")
        let url = try #require(server.line(after: "listening on http://"), "\(server.output)")
        let port =
            try shell.run(
                "python3 -c 'import socket; s = socket.socket(); s.bind((\"127.0.0.1\", 0)); print(s.getsockname()[1])'"
            ).output.split(separator: "\n").first ?? ""
        #expect(
            try shell.run(
                "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=flows.example.com 2>&1"
            ).status == 0)
        let folder = shell.folder.path
        let site = Repository.file("deploy/nginx.conf").text
            .replacing("127.0.0.1:8080", with: url)
            .replacing("listen 443 ssl", with: "listen 127.0.0.1:\(port) ssl")
            .replacing("/etc/letsencrypt/live/flows.example.com/fullchain.pem", with: "\(folder)/cert.pem")
            .replacing("/etc/letsencrypt/live/flows.example.com/privkey.pem", with: "\(folder)/key.pem")
        try shell.write(
            """
            pid \(folder)/nginx.pid;
            error_log \(folder)/nginx.log;
            daemon off;
            events {}
            http {
              access_log off;
              client_body_temp_path \(folder)/t1; proxy_temp_path \(folder)/t2; fastcgi_temp_path \(folder)/t3;
              uwsgi_temp_path \(folder)/t4; scgi_temp_path \(folder)/t5;
            \(site)
            }

            """, to: "nginx.conf")
        let nginx = try shell.start(
            "PATH=$PATH:/usr/sbin exec nginx -c \(folder)/nginx.conf -e \(folder)/nginx.log")
        // Signed as the provider signs it: for the name that it calls.
        let script = """
            import base64, hashlib, hmac, http.client, ssl, time, urllib.parse
            form = {"CallSid": "CA" + "0" * 31 + "2", "AccountSid": "AC" + "0" * 31 + "1",
                    "From": "+15555550123", "To": "+15555550100", "CallStatus": "ringing"}
            url = "https://flows.example.com/voice/key-menu"
            text = url + "".join(k + form[k] for k in sorted(form))
            signature = base64.b64encode(hmac.new(b"a-token", text.encode(), hashlib.sha1).digest()).decode()
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            for attempt in range(100):
                try:
                    connection = http.client.HTTPSConnection("127.0.0.1", \(port), context=context, timeout=10)
                    connection.request("POST", "/voice/key-menu", urllib.parse.urlencode(form),
                        {"Host": "flows.example.com", "X-Twilio-Signature": signature,
                         "X-Forwarded-Host": "evil.example.com",
                         "Content-Type": "application/x-www-form-urlencoded"})
                    answer = connection.getresponse()
                    print(answer.status, answer.read().decode())
                    break
                except ConnectionRefusedError:
                    time.sleep(0.05)
            """
        try shell.write(script, to: "call.py")
        let called = try shell.run("python3 call.py")
        #expect(
            called.output.hasPrefix("200 ") && called.output.contains("Riverside Clinic."),
            "\(called.output) \(nginx.output)")
        nginx.terminate()
        _ = nginx.wait()
    }

    @Test("The container has the libraries that flowc is linked with")
    func container() throws {
        let shell = try CommandShell()
        defer { shell.remove() }
        guard try has("dpkg", shell) else { return }
        let installed = Repository.file("deploy/Containerfile").text
        #expect(installed.contains("ENTRYPOINT [\"flowc\"]"))
        let linked = try shell.run("ldd $(command -v flowc)").output.split(separator: "\n")
            .compactMap { $0.split(separator: " ").dropFirst(2).first.map(String.init) }
            // The runtime is inside a release.
            .filter { !$0.contains("/swift/") && $0.hasPrefix("/") }
        #expect(linked.contains { $0.contains("yaml") }, "\(linked)")
        for library in linked {
            // dpkg knows a library of /lib by that name, or by where it leads.
            let owners = try shell.run(
                "for path in \(library) $(realpath \(library)) /usr\(library); do dpkg -S $path; done 2>/dev/null"
            )
            let owner = owners.output.split(separator: ":").first.map(String.init) ?? ""
            // In every Debian.
            if ["libc6", "libgcc-s1", "zlib1g"].contains(owner) { continue }
            #expect(!owner.isEmpty, "\(library)")
            #expect(installed.contains(owner), "\(library) is of \(owner)")
        }
    }

    @Test("Each metric of the dashboard and of the alerts is one that the docs name, and flowc has")
    func dashboard() throws {
        struct Dashboard: Decodable {
            struct Panel: Decodable {
                struct Target: Decodable { var expr: String }
                var title: String
                var targets: [Target]
            }
            var panels: [Panel]
        }
        let json = Data(Repository.file("deploy/grafana.json").bytes)
        let dashboard = try JSONDecoder().decode(Dashboard.self, from: json)
        let docs = Repository.file("docs/running.md").text
        let table = docs.split(separator: "\n").filter {
            $0.hasPrefix("| `flowc_") || $0.hasPrefix("| `process_")
        }
        .joined(separator: "\n")
        let documented = Set(table.matches(of: /`((?:flowc|process)_\w+)`/).map { String($0.output.1) })
        let used = (dashboard.panels.flatMap(\.targets).map(\.expr).joined(separator: " ") + docs)
            .matches(of: /(?:flowc|process)_\w+/).map {
                $0.output.replacing(/_(bucket|sum|count)$/, with: "")
            }
        #expect(dashboard.panels.count == 12)
        for name in used { #expect(documented.contains(String(name)), "\(name)") }

        let code =
            Repository.file("Sources/FlowServer/Observing/ServerMetrics.swift").text
            + Repository.file("Sources/FlowServer/Observing/ProcessNumbers.swift").text
        let made = Set(code.matches(of: /"((?:flowc|process)_\w+)"/).map { String($0.output.1) })
        #expect(!made.isEmpty)
        for name in made {
            #expect(
                documented.contains { (known: String) in
                    known == name || known == name + "_total" || known == name + "_seconds"
                }, "\(name)")
        }
    }
}
