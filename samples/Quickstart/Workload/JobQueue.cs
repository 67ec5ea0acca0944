namespace DeployStack.Data.Quickstart.Workload;

/// <summary>A job queue in a table. A worker holds a job by a lease that runs out, so a worker that dies keeps nothing.</summary>
/// <remarks>A job is processed at least once: a worker that is slower than its lease loses the job to another one, and
/// then cannot complete it.</remarks>
internal sealed class JobQueue(IDeployStackDatabase database, TimeProvider time)
{
    /// <summary>Of the first attempt; each further one has twice the time. Short, so that the sample can show it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMilliseconds(500);

    private const int MaxAttempts = 6;

    private static readonly WriteOptions _enqueue = new() { Label = "job enqueue" };
    private static readonly WriteOptions _claim = new() { Label = "job claim" };
    private static readonly WriteOptions _complete = new() { Label = "job complete" };
    private static readonly WriteOptions _reclaim = new() { Label = "job reclaim" };

    public Task<int> EnqueueAsync(long number) => database.ExecuteAsync(
        """
        INSERT INTO queueJobs (type, payload, scheduled_for, max_attempts, created_at, updated_at)
        VALUES ('send_email', @payload, @now, @attempts, @now, @now)
        """,
        new { payload = $$"""{"to":"{{SampleData.User(number)}}@example.com"}""", attempts = MaxAttempts, now = Seconds() },
        _enqueue);

    /// <summary>Takes the jobs that wait longest, for the time of their lease.</summary>
    public Task<IReadOnlyList<Job>> ClaimAsync(string worker, int limit) => database.WriteAsync(
        static (session, claim) => session.QueryAsync<Job>(
            """
            UPDATE queueJobs
            SET status = 'processing', attempts = attempts + 1, updated_at = @now,
                lease_owner = @worker, lease_until_ms = @nowMs + (@lease << attempts)
            WHERE id IN (SELECT id FROM queueJobs WHERE status = 'pending' AND scheduled_for <= @now ORDER BY scheduled_for LIMIT @limit)
            RETURNING id, payload, attempts
            """,
            claim),
        new { worker, limit, now = Seconds(), nowMs = Milliseconds(), lease = (long)Lease.TotalMilliseconds },
        _claim);

    /// <returns>Whether the worker still held the job; if not, another one has it, and nothing was written.</returns>
    public async Task<bool> CompleteAsync(Job job, string worker) => await database.ExecuteAsync(
        """
        UPDATE queueJobs
        SET status = 'completed', lease_owner = NULL, lease_until_ms = NULL, updated_at = @now, completed_at = @now
        WHERE id = @Id AND status = 'processing' AND lease_owner = @worker AND attempts = @Attempts
        """,
        new { job.Id, job.Attempts, worker, now = Seconds() },
        _complete) == 1;

    /// <summary>Gives back the jobs whose lease ran out; one that was tried too often fails instead.</summary>
    /// <returns>How many jobs that were.</returns>
    public Task<int> ReclaimAsync() => database.ExecuteAsync(
        """
        UPDATE queueJobs
        SET status = CASE WHEN attempts >= max_attempts THEN 'failed' ELSE 'pending' END,
            error = 'the lease ran out', lease_owner = NULL, lease_until_ms = NULL, updated_at = @now
        WHERE status = 'processing' AND lease_until_ms < @nowMs
        """,
        new { now = Seconds(), nowMs = Milliseconds() },
        _reclaim);

    /// <summary>Jobs that are neither completed nor failed.</summary>
    public Task<long> CountOpenAsync() => database.ExecuteScalarAsync<long>(
        "SELECT (SELECT count(*) FROM queueJobs WHERE status = 'pending') + (SELECT count(*) FROM queueJobs WHERE status = 'processing')");

    private long Seconds() => time.GetUtcNow().ToUnixTimeSeconds();

    private long Milliseconds() => time.GetUtcNow().ToUnixTimeMilliseconds();

    internal sealed record Job(long Id, string Payload, long Attempts);
}
