using Cms.Data;
using Cms.GraphQL;

namespace Cms.Import;

internal static class DryRuns
{
    extension(CmsDatabase database)
    {
        /// <summary>Runs an operation as a transaction; a dry run decides everything and saves nothing.</summary>
        public async Task<Result<T>> WriteAsync<T>(
            bool dryRun,
            Func<CmsDbContext, CancellationToken, Task<Result<T>>> operation,
            CancellationToken cancellationToken
        )
        {
            var decided = await database.WriteAsync<T>(
                async (db, token) =>
                {
                    var result = await operation(db, token);

                    // A refusal saves nothing: that is all a dry run is.
                    return dryRun && !result.IsRefused ? new DryRun<T>(result) : result;
                },
                cancellationToken
            );
            return decided.Errors is [DryRun<T> dry] ? dry.Result : decided;
        }
    }

    private sealed record DryRun<T>(Result<T> Result) : UserError("This was a dry run; nothing was saved.");
}
