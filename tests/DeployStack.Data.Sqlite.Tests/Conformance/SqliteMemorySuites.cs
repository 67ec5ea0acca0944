using DeployStack.Data.Testing.Conformance.Sessions;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteMemoryListParameterTests(SqliteMemoryFixture f) : ListParameterTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryParameterTests(SqliteMemoryFixture f) : ParameterTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryQueryTests(SqliteMemoryFixture f) : QueryTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySessionMisuseTests(SqliteMemoryFixture f) : SessionMisuseTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySessionTests(SqliteMemoryFixture f) : SessionTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryStatementTests(SqliteMemoryFixture f) : StatementTests(f), IClassFixture<SqliteMemoryFixture>;
