// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "HummingbirdRoutes",
    platforms: [.macOS(.v15)],
    dependencies: [
        // Without stores: neither SQLite nor hiredis are needed.
        .package(name: "flowc", path: "../..", traits: []),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    ],
    targets: [
        .executableTarget(
            name: "HummingbirdRoutes",
            dependencies: [
                .product(name: "FlowProgram", package: "flowc"),
                .product(name: "FlowRuntime", package: "flowc"),
                .product(name: "FlowWebhook", package: "flowc"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ])
    ]
)
