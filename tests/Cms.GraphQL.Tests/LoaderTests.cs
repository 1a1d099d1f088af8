using Xunit;

namespace Cms.GraphQL.Tests;

public sealed class LoaderTests
{
    private readonly Numbers numbers = new();

    [Fact]
    public async Task Keys_gathered_before_anyone_waits_are_read_once()
    {
        var (one, two, again) = (numbers.Load(1), numbers.Load(2), numbers.Load(1));

        Assert.Equal("1", await one.GetResultAsync());
        Assert.Equal("2", await two.GetResultAsync());
        Assert.Equal("1", await again.GetResultAsync());
        Assert.Equal([(2, default)], numbers.Reads);
    }

    [Fact]
    public async Task More_keys_than_a_batch_holds_are_read_in_several()
    {
        var all = Enumerable.Range(0, 1_100).Select(x => numbers.Load(x)).ToList();

        foreach (var (i, one) in all.Index())
        {
            Assert.Equal($"{i}", await one.GetResultAsync());
        }

        Assert.Equal([500, 500, 100], numbers.Reads.Select(x => x.Keys));
    }

    [Fact]
    public async Task A_failed_batch_leaves_the_others_alone()
    {
        var bad = numbers.Load(-1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad.GetResultAsync());

        Assert.Equal("3", await numbers.Load(3).GetResultAsync());
    }

    [Fact]
    public async Task A_batch_reads_the_columns_of_all_who_wait_and_reads_again_only_for_more()
    {
        var (first, second, third) = (new ColumnSet(1), new ColumnSet(2), new ColumnSet(4));
        numbers.Load(1, first);
        await numbers.Load(1, second).GetResultAsync();
        await numbers.Load(1, first).GetResultAsync();
        await numbers.Load(1, third).GetResultAsync();

        Assert.Equal([(1, first | second), (1, third)], numbers.Reads);
    }

    private sealed class Numbers : BatchLoader<int, string?>
    {
        public List<(int Keys, ColumnSet Columns)> Reads { get; } = [];

        protected override Task<Dictionary<int, string?>> ReadAsync(
            List<int> keys,
            ColumnSet columns,
            CancellationToken cancellationToken
        )
        {
            Reads.Add((keys.Count, columns));
            return keys.Contains(-1)
                ? throw new InvalidOperationException("no such number")
                : Task.FromResult(keys.ToDictionary(x => x, string? (x) => $"{x}"));
        }
    }
}
