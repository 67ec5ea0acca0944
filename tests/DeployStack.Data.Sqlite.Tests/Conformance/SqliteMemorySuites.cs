using DeployStack.Data.Testing.Conformance.Sessions;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteMemorySessionTests(SqliteMemoryFixture f) : SessionTests(f), IClassFixture<SqliteMemoryFixture>;
