using CsCheck;
using DeployStack.Data.Quickstart.Workload;

namespace DeployStack.Data.Sqlite.Tests.Quickstart;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void A_percentile_is_at_most_one_bucket_above_the_true_one()
        => Gen.Select(Gen.Long[0, 60_000_000].Array[1, 300], Gen.Double[0.01, 1]).Sample((microseconds, share) =>
        {
            var histogram = new LatencyHistogram();
            foreach (var each in microseconds)
            {
                histogram.Add(TimeSpan.FromMicroseconds(each));
            }

            var exact = microseconds.Order().ElementAt((int)Math.Ceiling(microseconds.Length * share) - 1);
            var found = histogram.Percentile(share).TotalMicroseconds;
            Assert.InRange(found, exact, (exact * 1.04) + 1);
        });

    [Fact]
    public void Without_latencies_there_is_nothing_to_tell() => Assert.Equal(TimeSpan.Zero, new LatencyHistogram().Percentile(0.99));

    [Fact]
    public void Histograms_add_up()
    {
        var (fast, slow) = (new LatencyHistogram(), new LatencyHistogram());
        for (var i = 0; i < 99; i++)
        {
            fast.Add(TimeSpan.FromMilliseconds(1));
        }

        slow.Add(TimeSpan.FromMilliseconds(100));
        var all = LatencyHistogram.Combine([fast, slow]);
        Assert.Equal(100, all.Count);
        Assert.InRange(all.Percentile(0.99).TotalMilliseconds, 1, 1.04);
        Assert.InRange(all.Percentile(1).TotalMilliseconds, 100, 104);
    }
}
