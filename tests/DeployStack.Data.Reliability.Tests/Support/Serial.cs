// The scenarios measure times, kill processes and count the handles of this process: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
