using Cms.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Cms.SqlServer;

/// <summary>Creates the context with which <c>dotnet ef</c> generates migrations.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CmsDbContext>
{
    public CmsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<CmsDbContext>();
        options.UseCmsSqlServer("Server=.;Database=Cms");
        return new CmsDbContext(options.Options);
    }
}
