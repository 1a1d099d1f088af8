using Cms.Data;

namespace Cms.Reading;

internal static class RowReader
{
    extension<TRow>(IAsyncEnumerable<TRow> rows)
    {
        public async Task<List<TRow>> ReadAllAsync(int expected, CancellationToken cancellationToken)
        {
            var read = new List<TRow>(expected);
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                read.Add(row);
                await ForcedPauses.HereAsync();
            }

            return read;
        }
    }
}
