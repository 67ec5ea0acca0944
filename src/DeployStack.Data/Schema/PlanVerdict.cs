namespace DeployStack.Data.Schema;

/// <summary>What a step of a query plan costs.</summary>
public enum PlanVerdict
{
    /// <summary>Nothing to object to.</summary>
    Fine,

    /// <summary>All rows of a table or of an index are visited.</summary>
    FullScan,

    /// <summary>An index is built for this one execution, because none fits.</summary>
    AutomaticIndex,

    /// <summary>Rows are sorted or told apart in a temporary b-tree, because no index has them in order.</summary>
    TemporaryBTree,
}
