using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Kills;

/// <summary>Compares what a killed writer had acknowledged with what its database holds.</summary>
internal static class KillChecker
{
    /// <summary>The part of a unit's content that can be told from its numbers, in SQL; the writer's own rule.</summary>
    private const string Body = "worker || '/' || sequence || '/' || part || ' ' || replace(hex(zeroblob(20)), '0', char(97 + sequence % 26))";

    /// <summary>The newest acknowledged unit of each worker, from the lines of the child.</summary>
    public static Dictionary<long, long> Acknowledged(IEnumerable<string> lines)
    {
        Dictionary<long, long> newest = [];
        foreach (var line in lines)
        {
            if (line.Split(' ') is ["ack", var worker, var sequence])
            {
                newest[Number(worker)] = Number(sequence);
            }
        }

        return newest;
    }

    /// <summary>The newest unit of each worker that is in the database.</summary>
    public static Dictionary<long, long> Kept(string path)
    {
        using var raw = new RawDatabase(path);
        return raw.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'units'") == 0
            ? []
            : raw.Rows("SELECT worker, max(sequence) FROM units GROUP BY worker").ToDictionary(static row => (long)row[0], static row => (long)row[1]);
    }

    /// <summary>Every difference in one sentence; none for a good engine.</summary>
    /// <param name="path">The database.</param>
    /// <param name="acknowledged">The newest unit of each worker that must be there: acknowledged, or seen after an earlier
    /// kill. One more may be.</param>
    public static List<string> Violations(string path, Dictionary<long, long> acknowledged)
    {
        using var raw = new RawDatabase(path);
        List<string> violations = [.. raw.Damage()];
        if (raw.Number("SELECT count(*) FROM sqlite_schema WHERE name = 'units'") == 0)
        {
            return acknowledged.Count == 0 ? violations : [.. violations, "the table is gone"];
        }

        var torn = raw.Number("SELECT count(*) FROM (SELECT 1 FROM units GROUP BY worker, sequence HAVING count(*) <> 2)");
        var wrong = raw.Number($"SELECT count(*) FROM units WHERE body <> {Body}");
        if (torn > 0 || wrong > 0)
        {
            violations.Add($"{torn} torn units, {wrong} rows with another content than was written");
        }

        var kept = raw.Rows("SELECT worker, max(sequence), count(*) FROM units GROUP BY worker").ToDictionary(static row => (long)row[0], static row => ((long)row[1], (long)row[2]));
        foreach (var (worker, newest) in acknowledged)
        {
            var (last, rows) = kept.GetValueOrDefault(worker);
            if (last < newest)
            {
                violations.Add($"worker {worker}: {newest - last} acknowledged units are lost");
            }

            if (last > newest + 1)
            {
                violations.Add($"worker {worker}: {last - newest} units are there that nobody was told of; one can be under way");
            }

            if (rows != last * 2)
            {
                violations.Add($"worker {worker}: a gap among its {last} units");
            }
        }

        return violations;
    }

    private static long Number(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
