using DeployStack.Data.Testing.Conformance.Sessions;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteMemorySessionMisuseTests(SqliteMemoryFixture f) : SessionMisuseTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySessionTests(SqliteMemoryFixture f) : SessionTests(f), IClassFixture<SqliteMemoryFixture>;
