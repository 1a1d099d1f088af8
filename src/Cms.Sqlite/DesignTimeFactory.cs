using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Cms.Sqlite;

/// <summary>Creates the context with which <c>dotnet ef</c> generates migrations.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CmsDbContext>
{
    public CmsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CmsDbContext>();
        options.UseCmsSqlite("design.db");
        return new CmsDbContext(options.Options);
    }
}
