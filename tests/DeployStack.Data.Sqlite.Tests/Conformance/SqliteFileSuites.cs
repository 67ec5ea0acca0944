using DeployStack.Data.Testing.Conformance.Errors;
using DeployStack.Data.Testing.Conformance.Running;
using DeployStack.Data.Testing.Conformance.Sessions;
using DeployStack.Data.Testing.Conformance.Transactions;
using DeployStack.Data.Testing.Conformance.Types;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteFileConstraintTests(SqliteFileFixture f) : ConstraintTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileErrorTests(SqliteFileFixture f) : ErrorTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSecrecyTests(SqliteFileFixture f) : SecrecyTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileCancellationTests(SqliteFileFixture f) : CancellationTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileConcurrencyTests(SqliteFileFixture f) : ConcurrencyTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileDeadlineTests(SqliteFileFixture f) : DeadlineTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileDisposalTests(SqliteFileFixture f) : DisposalTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileTelemetryTests(SqliteFileFixture f) : TelemetryTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileListParameterTests(SqliteFileFixture f) : ListParameterTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileParameterTests(SqliteFileFixture f) : ParameterTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileQueryTests(SqliteFileFixture f) : QueryTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSessionMisuseTests(SqliteFileFixture f) : SessionMisuseTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSessionTests(SqliteFileFixture f) : SessionTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileStatementTests(SqliteFileFixture f) : StatementTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileAfterCommitTests(SqliteFileFixture f) : AfterCommitTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileBatchTests(SqliteFileFixture f) : BatchTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileExpectationTests(SqliteFileFixture f) : ExpectationTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileIsolationTests(SqliteFileFixture f) : IsolationTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileSavepointTests(SqliteFileFixture f) : SavepointTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileTransactionTests(SqliteFileFixture f) : TransactionTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileNumberTests(SqliteFileFixture f) : NumberTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileParameterEqualityTests(SqliteFileFixture f) : ParameterEqualityTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileRowTests(SqliteFileFixture f) : RowTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileTextAndBlobTests(SqliteFileFixture f) : TextAndBlobTests(f), IClassFixture<SqliteFileFixture>;

public sealed class SqliteFileTimeTests(SqliteFileFixture f) : TimeTests(f), IClassFixture<SqliteFileFixture>;
