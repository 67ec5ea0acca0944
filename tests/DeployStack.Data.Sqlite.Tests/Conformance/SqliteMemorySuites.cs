using DeployStack.Data.Testing.Conformance.Errors;
using DeployStack.Data.Testing.Conformance.Running;
using DeployStack.Data.Testing.Conformance.Sessions;
using DeployStack.Data.Testing.Conformance.Transactions;
using DeployStack.Data.Testing.Conformance.Types;

namespace DeployStack.Data.Sqlite.Tests.Conformance;

public sealed class SqliteMemoryConstraintTests(SqliteMemoryFixture f) : ConstraintTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryErrorTests(SqliteMemoryFixture f) : ErrorTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySecrecyTests(SqliteMemoryFixture f) : SecrecyTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryCancellationTests(SqliteMemoryFixture f) : CancellationTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryConcurrencyTests(SqliteMemoryFixture f) : ConcurrencyTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryDeadlineTests(SqliteMemoryFixture f) : DeadlineTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryDisposalTests(SqliteMemoryFixture f) : DisposalTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryTelemetryTests(SqliteMemoryFixture f) : TelemetryTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryListParameterTests(SqliteMemoryFixture f) : ListParameterTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryParameterTests(SqliteMemoryFixture f) : ParameterTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryQueryTests(SqliteMemoryFixture f) : QueryTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySessionMisuseTests(SqliteMemoryFixture f) : SessionMisuseTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySessionTests(SqliteMemoryFixture f) : SessionTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryStatementTests(SqliteMemoryFixture f) : StatementTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryAfterCommitTests(SqliteMemoryFixture f) : AfterCommitTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryBatchTests(SqliteMemoryFixture f) : BatchTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryExpectationTests(SqliteMemoryFixture f) : ExpectationTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryIsolationTests(SqliteMemoryFixture f) : IsolationTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemorySavepointTests(SqliteMemoryFixture f) : SavepointTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryTransactionTests(SqliteMemoryFixture f) : TransactionTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryNumberTests(SqliteMemoryFixture f) : NumberTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryParameterEqualityTests(SqliteMemoryFixture f) : ParameterEqualityTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryRowTests(SqliteMemoryFixture f) : RowTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryTextAndBlobTests(SqliteMemoryFixture f) : TextAndBlobTests(f), IClassFixture<SqliteMemoryFixture>;

public sealed class SqliteMemoryTimeTests(SqliteMemoryFixture f) : TimeTests(f), IClassFixture<SqliteMemoryFixture>;
