using DeployStack.Data.Testing.Conformance.Sessions;
using DeployStack.Data.Tests.BatchOnly;

namespace DeployStack.Data.Tests.Conformance;

public sealed class BatchOnlySessionMisuseTests(BatchOnlyFixture f) : SessionMisuseTests(f), IClassFixture<BatchOnlyFixture>;

public sealed class BatchOnlySessionTests(BatchOnlyFixture f) : SessionTests(f), IClassFixture<BatchOnlyFixture>;
