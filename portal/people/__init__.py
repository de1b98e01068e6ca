"""Staff who sign in; roles as data; every page shut until someone opens it."""
