using static DeployStack.Data.Migrations.Lint.LintSeverity;

namespace DeployStack.Data.Migrations.Lint;

/// <summary>All rules. DL: data is lost. DD: it depends on the data. RW: all rows are read or written. TX: inside a
/// transaction. SC: the schema. LN: the lint itself.</summary>
internal static class LintRules
{
    public static readonly LintRule CascadeLoss = new("DL101", Error, "a dropped table takes rows of other tables along (ON DELETE CASCADE, SET NULL, SET DEFAULT)");
    public static readonly LintRule DropTable = new("DL102", Warning, "DROP TABLE deletes its rows");
    public static readonly LintRule DropColumn = new("DL103", Warning, "DROP COLUMN deletes its values");
    public static readonly LintRule DeleteAll = new("DL104", Warning, "DELETE without WHERE");
    public static readonly LintRule ColumnLeftBehind = new("DL105", Warning, "a rebuild by hand leaves columns or rows behind");
    public static readonly LintRule DependentLeftBehind = new("DL106", Warning, "a rebuild by hand loses indexes or triggers");
    public static readonly LintRule Replace = new("DL107", Warning, "REPLACE into a table whose children go with a deleted row");

    public static readonly LintRule AddColumn = new("DD201", Warning, "ADD COLUMN that fails where there are rows");
    public static readonly LintRule UniqueIndex = new("DD202", Warning, "UNIQUE index over existing rows");
    public static readonly LintRule Tightened = new("DD203", Warning, "a rebuild by hand adds NOT NULL, CHECK or UNIQUE");
    public static readonly LintRule TypeChange = new("DD204", Warning, "a rebuild by hand changes the type of a column");
    public static readonly LintRule ReferencedDrop = new("DD205", Warning, "a dropped table is referenced: fails while rows refer to it");

    public static readonly LintRule UpdateAll = new("RW301", Information, "UPDATE without WHERE");
    public static readonly LintRule FullRewrite = new("RW302", Information, "a rebuild by hand writes the whole table again");
    public static readonly LintRule FullScan = new("RW303", Information, "ADD COLUMN that reads all rows");

    public static readonly LintRule Refused = new("TX401", Error, "a statement that no migration may hold (BEGIN, ATTACH, VACUUM, PRAGMA journal_mode …)");

    public static readonly LintRule StringInDoubleQuotes = new("SC501", Warning, "a string in double quotes");
    public static readonly LintRule IfNotExists = new("SC502", Warning, "IF NOT EXISTS hides an object of that name");
    public static readonly LintRule ForeignKeyIndex = new("SC503", Information, "a foreign key without an index");
    public static readonly LintRule Dependent = new("SC504", Warning, "views or triggers name what is renamed or dropped");

    public static readonly LintRule Malformed = new("LN901", Warning, "an acknowledgement without codes or without a reason");
    public static readonly LintRule UnknownCode = new("LN902", Warning, "an acknowledgement of a code that does not exist");
    public static readonly LintRule Unused = new("LN903", Warning, "an acknowledgement of something that is not there");
    public static readonly LintRule Unreadable = new("LN904", Error, "a script that cannot be taken apart");

    public static IReadOnlyList<LintRule> All { get; } =
    [
        CascadeLoss, DropTable, DropColumn, DeleteAll, ColumnLeftBehind, DependentLeftBehind, Replace,
        AddColumn, UniqueIndex, Tightened, TypeChange, ReferencedDrop,
        UpdateAll, FullRewrite, FullScan,
        Refused,
        StringInDoubleQuotes, IfNotExists, ForeignKeyIndex, Dependent,
        Malformed, UnknownCode, Unused, Unreadable,
    ];
}
