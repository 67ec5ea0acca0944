using DeployStack.Data.Testing.Conformance.Sessions;
using DeployStack.Data.Tests.BatchOnly;

namespace DeployStack.Data.Tests.Conformance;

public sealed class BatchOnlySessionTests(BatchOnlyFixture f) : SessionTests(f), IClassFixture<BatchOnlyFixture>;
