using DeployStack.Data.Testing.Conformance.Sessions;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteFileListParameterTests(SqliteFileFixture f) : ListParameterTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileParameterTests(SqliteFileFixture f) : ParameterTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileQueryTests(SqliteFileFixture f) : QueryTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSessionMisuseTests(SqliteFileFixture f) : SessionMisuseTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSessionTests(SqliteFileFixture f) : SessionTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileStatementTests(SqliteFileFixture f) : StatementTests(f), IClassFixture<SqliteFileFixture>;
