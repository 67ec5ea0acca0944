using DeployStack.Data.Testing.Conformance.Sessions;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteFileSessionMisuseTests(SqliteFileFixture f) : SessionMisuseTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSessionTests(SqliteFileFixture f) : SessionTests(f), IClassFixture<SqliteFileFixture>;
