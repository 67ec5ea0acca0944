using DeployStack.Data.Diagnostics;
using DeployStack.Data.Mapping;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>The shapes of a result. Each runs without a state machine while the engine completes synchronously.</summary>
internal static class Fetch
{
    private static DatabaseException Shape(string expected, string found)
        => new(DatabaseErrorKind.ResultShape, $"The query was to return {expected} and returned {found}.");

    internal sealed class All<T> : ResultFetch<IReadOnlyList<T>>
    {
        public static readonly All<T> Instance = new();

        public override ValueTask<IReadOnlyList<T>> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows)
        {
            List<T> list = [];
            RowMap<T>? map = null;
            while (true)
            {
                var read = command.ReadAsync();
                if (!read.IsCompletedSuccessfully)
                {
                    return ContinueAsync(read, command, mapper, list, map);
                }

                if (!read.Result)
                {
                    rows = list.Count;
                    return new(list);
                }

                list.Add((map ??= mapper.Get<T>(command)).Map(command.Row));
            }
        }

        public override long Count(IReadOnlyList<T> result) => result.Count;

        private static async ValueTask<IReadOnlyList<T>> ContinueAsync(ValueTask<bool> read, ProviderCommand command, RowMapper mapper, List<T> list, RowMap<T>? map)
        {
            while (await read.ConfigureAwait(false))
            {
                list.Add((map ??= mapper.Get<T>(command)).Map(command.Row));
                read = command.ReadAsync();
            }

            return list;
        }
    }

    internal sealed class Single<T> : ResultFetch<T>
    {
        public static readonly Single<T> Instance = new();

        public override ValueTask<T> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows)
        {
            var task = One<T>.ReadAsync(command, mapper, atMostOne: true, scalar: false, ref rows);
            return task.IsCompletedSuccessfully ? new(Check(task.Result)) : AwaitAsync(task);
        }

        private static async ValueTask<T> AwaitAsync(ValueTask<One<T>> task) => Check(await task.ConfigureAwait(false));

        private static T Check(One<T> row) => row.Found ? row.Value! : throw Shape("one row", "none");
    }

    internal sealed class SingleOrDefault<T> : ResultFetch<T?>
    {
        public static readonly SingleOrDefault<T> Instance = new();

        public override ValueTask<T?> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows)
            => One<T>.ValueAsync(One<T>.ReadAsync(command, mapper, atMostOne: true, scalar: false, ref rows));
    }

    internal sealed class FirstOrDefault<T> : ResultFetch<T?>
    {
        public static readonly FirstOrDefault<T> Instance = new();

        public override ValueTask<T?> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows)
            => One<T>.ValueAsync(One<T>.ReadAsync(command, mapper, atMostOne: false, scalar: false, ref rows));
    }

    internal sealed class Scalar<T> : ResultFetch<T?>
    {
        public static readonly Scalar<T> Instance = new();

        public override ValueTask<T?> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows)
            => One<T>.ValueAsync(One<T>.ReadAsync(command, mapper, atMostOne: false, scalar: true, ref rows));
    }

    internal sealed class Affected : ResultFetch<int>
    {
        public static readonly Affected Instance = new();

        public override ValueTask<int> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows)
        {
            var task = command.ExecuteAsync();
            if (task.IsCompletedSuccessfully)
            {
                rows = task.Result;
                return new((int)rows);
            }

            return task;
        }

        public override long Count(int result) => result;
    }

    internal sealed class Open<T> : ResultFetch<Cursor<T>>
    {
        public static readonly Open<T> Instance = new();

        public override ValueTask<Cursor<T>> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows) => new(new Cursor<T>(command, mapper));

        public override bool Keep(Cursor<T> result, in Instrumentation.Operation measured)
        {
            result.Measured = measured;
            return true;
        }
    }

    /// <summary>The first row, if there is one.</summary>
    internal readonly record struct One<T>(bool Found, T? Value)
    {
        public static ValueTask<One<T>> ReadAsync(ProviderCommand command, RowMapper mapper, bool atMostOne, bool scalar, ref long rows)
        {
            var read = command.ReadAsync();
            if (!read.IsCompletedSuccessfully)
            {
                return ContinueAsync(read, default, command, mapper, atMostOne, scalar);
            }

            if (!read.Result)
            {
                return default;
            }

            rows = 1;
            var one = new One<T>(true, Map(command, mapper, scalar));
            if (!atMostOne)
            {
                return new(one);
            }

            var second = command.ReadAsync();
            if (!second.IsCompletedSuccessfully)
            {
                return ContinueAsync(second, one, command, mapper, atMostOne, scalar);
            }

            return second.Result ? throw Shape("at most one row", "more") : new(one);
        }

        public static ValueTask<T?> ValueAsync(ValueTask<One<T>> task)
        {
            if (task.IsCompletedSuccessfully)
            {
                return new(task.Result.Value);
            }

            return AwaitAsync(task);

            static async ValueTask<T?> AwaitAsync(ValueTask<One<T>> task) => (await task.ConfigureAwait(false)).Value;
        }

        private static T Map(ProviderCommand command, RowMapper mapper, bool scalar)
            => (scalar ? mapper.GetScalar<T>(command) : mapper.Get<T>(command)).Map(command.Row);

        private static async ValueTask<One<T>> ContinueAsync(ValueTask<bool> read, One<T> first, ProviderCommand command, RowMapper mapper, bool atMostOne, bool scalar)
        {
            if (!first.Found)
            {
                if (!await read.ConfigureAwait(false))
                {
                    return default;
                }

                first = new(true, Map(command, mapper, scalar));
                if (!atMostOne)
                {
                    return first;
                }

                return await command.ReadAsync().ConfigureAwait(false) ? throw Shape("at most one row", "more") : first;
            }

            return await read.ConfigureAwait(false) ? throw Shape("at most one row", "more") : first;
        }
    }
}
