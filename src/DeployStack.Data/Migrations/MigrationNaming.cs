namespace DeployStack.Data.Migrations;

/// <summary>How the names of the files of a source become identities.</summary>
public enum MigrationNaming
{
    /// <summary><c>0012_add_teams.sql</c> is <c>0012</c>: two files of one number are an error. The default.</summary>
    Number = 0,

    /// <summary>The whole name without <c>.sql</c> is the identity, so that two files may begin with one number; for chains
    /// of files that another tool named. <c>R__name.sql</c> is repeatable as everywhere; there are no engine suffixes.</summary>
    FileName,
}
