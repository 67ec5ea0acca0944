using DeployStack.Data.Testing.Conformance.Sessions;
using DeployStack.Data.Tests.BatchOnly;

namespace DeployStack.Data.Tests.Conformance;

public sealed class BatchOnlyListParameterTests(BatchOnlyFixture f) : ListParameterTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyParameterTests(BatchOnlyFixture f) : ParameterTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyQueryTests(BatchOnlyFixture f) : QueryTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySessionMisuseTests(BatchOnlyFixture f) : SessionMisuseTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySessionTests(BatchOnlyFixture f) : SessionTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlyStatementTests(BatchOnlyFixture f) : StatementTests(f), IClassFixture<BatchOnlyFixture>;
