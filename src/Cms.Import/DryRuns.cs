using Cms.Data;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Import;

internal static class DryRuns
{
    extension(CmsDatabase database)
    {
        /// <summary>
        /// Runs an import step in a transaction. A dry run makes the same decisions but saves nothing.
        /// </summary>
        public async Task<Result<T>> ImportAsync<T>(
            Actor actor,
            bool dryRun,
            Func<CmsDbContext, CancellationToken, Task<Result<T>>> operation,
            CancellationToken cancellationToken
        )
        {
            var decided = await database.WriteAsync<T>(
                actor,
                async (db, token) =>
                {
                    var result = await operation(db, token);

                    // An error rolls the transaction back, so a dry run returns its result inside an error.
                    return dryRun && !result.IsRefused ? new DryRun<T>(result) : result;
                },
                cancellationToken
            );
            return decided.Errors is [DryRun<T> dry] ? dry.Result : decided;
        }
    }

    private sealed record DryRun<T>(Result<T> Result) : UserError("This was a dry run; nothing was saved.");
}
