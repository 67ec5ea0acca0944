using DeployStack.Data.Reliability.Host;

// Each role is one child process of a scenario. It speaks on its standard output, one event a line.
return args switch
{
    ["write", var path, var workers, .. var rest] => await new AcknowledgingWriter(path, Number(workers), early: rest is ["early"]).RunAsync(),
    ["count", var path, var writes, var tasks] => await new CounterWriter(path, Number(writes), Number(tasks)).RunAsync(),
    ["hold", var path] => LockHolder.Run(path),
    ["starve", var path, var queries, .. var rest] => await new StarvedReader(path, Number(queries), naive: rest is ["naive"]).RunAsync(),
    ["bank", var path, var transfers, var seed] => await new BankClerk(path, Number(transfers), Number(seed)).RunAsync(),
    ["migrate", .. var rest] => await new Migrator(naive: rest is ["naive"]).RunAsync(),
    _ => Unknown(),
};

static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

static int Unknown()
{
    Console.Error.WriteLine("roles: write, count, hold, starve, bank, migrate");
    return 2;
}
