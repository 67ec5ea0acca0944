using DeployStack.Data.Testing.Conformance.Errors;
using DeployStack.Data.Testing.Conformance.Running;
using DeployStack.Data.Testing.Conformance.Sessions;
using DeployStack.Data.Testing.Conformance.Transactions;
using DeployStack.Data.Testing.Conformance.Types;
using DeployStack.Data.Tests.BatchOnly;

namespace DeployStack.Data.Tests.Conformance;

public sealed class BatchOnlyConstraintTests(BatchOnlyFixture f) : ConstraintTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyErrorTests(BatchOnlyFixture f) : ErrorTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySecrecyTests(BatchOnlyFixture f) : SecrecyTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyCancellationTests(BatchOnlyFixture f) : CancellationTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyConcurrencyTests(BatchOnlyFixture f) : ConcurrencyTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyDeadlineTests(BatchOnlyFixture f) : DeadlineTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyDisposalTests(BatchOnlyFixture f) : DisposalTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyTelemetryTests(BatchOnlyFixture f) : TelemetryTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyListParameterTests(BatchOnlyFixture f) : ListParameterTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyParameterTests(BatchOnlyFixture f) : ParameterTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyQueryTests(BatchOnlyFixture f) : QueryTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySessionMisuseTests(BatchOnlyFixture f) : SessionMisuseTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySessionTests(BatchOnlyFixture f) : SessionTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyStatementTests(BatchOnlyFixture f) : StatementTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyAfterCommitTests(BatchOnlyFixture f) : AfterCommitTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyBatchTests(BatchOnlyFixture f) : BatchTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyExpectationTests(BatchOnlyFixture f) : ExpectationTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyIsolationTests(BatchOnlyFixture f) : IsolationTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySavepointTests(BatchOnlyFixture f) : SavepointTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyTransactionTests(BatchOnlyFixture f) : TransactionTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyNumberTests(BatchOnlyFixture f) : NumberTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyParameterEqualityTests(BatchOnlyFixture f) : ParameterEqualityTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyRowTests(BatchOnlyFixture f) : RowTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyTextAndBlobTests(BatchOnlyFixture f) : TextAndBlobTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyTimeTests(BatchOnlyFixture f) : TimeTests(f), IClassFixture<BatchOnlyFixture>;
