using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>What it costs a point read that it could be cancelled.</summary>
internal sealed class TokenCase : Case
{
    private const string With = "with a token";
    private const string Without = "without a token";

    public override string Name => "token";

    public override string Title => "The price of a token";

    public override string About => "An operation is the point read of DeployStack.Data, with and without a token that does not fire.";

    public override string Reference => Without;

    public override IReadOnlyList<Goal> Goals =>
        [Goal.AtMost("a token on a point read", With, Without, static sample => sample.Cost, 1.05)];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var ours = workspace.Own(new OurDatabase(workspace.NewDatabase("token", large: true), isFull: false)).Database;
        var token = workspace.Own(new CancellationTokenSource()).Token;
        return
        [
            new(Without, Repeated.Of(PointReadCase.Each(key => ours.QuerySingleAsync<SettingRow>(SampleData.Find, new { key })))),
            new(With, Repeated.Of(PointReadCase.Each(key => ours.QuerySingleAsync<SettingRow>(SampleData.Find, new { key }, cancellationToken: token)))),
        ];
    }
}
